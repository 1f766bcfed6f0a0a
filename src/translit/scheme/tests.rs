//! What every scheme must do, and conformance of each.

use super::Scheme;

#[test]
fn ids_are_unique_and_parse() {
    for &scheme in Scheme::ALL {
        assert_eq!(scheme.id().parse::<Scheme>().unwrap(), scheme);
    }
    let error = "az-press".parse::<Scheme>().unwrap_err().to_string();
    assert!(error.contains("az-newspaper, hy-newspaper"), "{error}");
}

fn assert_reads(scheme: Scheme, cases: &[(&str, &str)]) {
    for (source, roman) in cases {
        assert_eq!(scheme.apply(source), *roman, "{scheme}: {source}");
    }
}

#[test]
fn letter_case_is_kept() {
    assert_reads(
        Scheme::AzNewspaper,
        &[
            ("Şuşa", "Shusha"),
            ("ŞUŞA", "SHUSHA"),
            ("şuşa", "shusha"),
            ("Ş. Ə. Ş", "Sh. A. Sh"),
            ("İLHAM ILIQ", "ILHAM ILIG"),
        ],
    );
    assert_reads(
        Scheme::HyNewspaper,
        &[
            ("ՇՈՒՇԻ", "SHUSHI"),
            ("Ուրուտ", "Urut"),
            ("ՈՒմութլու", "Umutlu"),
            ("ՈՍԿԵՊԱՐ", "VOSKEPAR"),
            ("Երևան ԵՐԵՎԱՆ", "Yerevan YEREVAN"),
        ],
    );
    assert_reads(Scheme::KaNewspaper, &[("შატილი", "shatili"), ("ᲨᲐᲢᲘᲚᲘ", "SHATILI")]);
}

#[test]
fn az_newspaper() {
    assert_reads(
        Scheme::AzNewspaper,
        &[
            ("Kəlbəcər", "Kalbajar"),
            ("Ağdam", "Aghdam"),
            ("Yevlax", "Yevlakh"),
            ("Xankəndi", "Khankendi"),
            ("Xocavənd", "Khojavend"),
            ("Cəbrayıl", "Jabrayil"),
            ("Füzuli", "Fuzuli"),
            ("Qubadlı", "Gubadli"),
            ("Malıbəyli", "Malibeyli"),
            ("Gədəbəy", "Gadabay"),
            ("Ağdərə", "Aghdara"),
            ("Jdanov", "Zhdanov"),
            ("Gǝncǝ", "Ganja"),
            ("S\u{327}us\u{327}a", "Shusha"),
        ],
    );
}

#[test]
fn hy_newspaper() {
    assert_reads(
        Scheme::HyNewspaper,
        &[
            ("Ստեփանակերտ", "Stepanakert"),
            ("Մարտունի", "Martuni"),
            ("Ջերմուկ", "Jermuk"),
            ("Եղեգնաձոր", "Yeghegnadzor"),
            ("Վանաձոր", "Vanadzor"),
            ("Որոտան", "Vorotan"),
            ("Խնձորեսկ", "Khndzoresk"),
            ("Սևքար", "Sevkar"),
            ("Աշոցք", "Ashotsk"),
            ("Ծաղկաձոր", "Tsaghkadzor"),
            ("Նոյեմբերյան", "Noyemberyan"),
            ("Ինչո՞ւ ոչ", "Inchu՞ voch"),
            ("և ով", "yev ov"),
        ],
    );
}

#[test]
fn ka_newspaper_and_national() {
    assert_reads(
        Scheme::KaNational2002,
        &[("თბილისი", "tbilisi"), ("ქუთაისი", "kutaisi"), ("ჭიათურა", "ch’iatura"), ("ყვარელი", "q’vareli")],
    );
    assert_reads(Scheme::KaNewspaper, &[("ჭიათურა", "chiatura"), ("სტეფანწმინდა", "stepantsminda")]);
    assert_eq!(Scheme::KaNewspaper.apply_to_name("სამცხე-ჯავახეთი"), "Samtskhe-Javakheti");
}

#[test]
fn what_is_no_letter_of_the_alphabet_stays() {
    for &scheme in Scheme::ALL {
        let text =
            "12 – “«№…»” 東京 e\u{301}\u{FEFF}\r\n".replace('e', if scheme == Scheme::AzNewspaper { "" } else { "e" });
        assert_eq!(scheme.apply(&text), text, "{scheme}");
    }
}
