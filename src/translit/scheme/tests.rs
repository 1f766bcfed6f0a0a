//! What every scheme must do, and conformance of each.

use super::Scheme;
use super::table::Reversal;

#[test]
fn ids_are_unique_and_parse() {
    for &scheme in Scheme::ALL {
        assert_eq!(scheme.id().parse::<Scheme>().unwrap(), scheme);
    }
    assert_eq!("bgn-pcgn-hy".parse::<Scheme>().unwrap(), Scheme::HyBgnPcgn1981);
    assert!("bgn-pcgn-ka-hy".parse::<Scheme>().is_err());
    let error = "ka".parse::<Scheme>().unwrap_err().to_string();
    assert!(error.ends_with("ka-bgn-pcgn-1981, ka-iso9984, ka-national-2002, ka-newspaper"), "{error}");
    let error = "az-press".parse::<Scheme>().unwrap_err().to_string();
    assert!(error.contains("az-newspaper"), "{error}");
}

fn reads_latin(scheme: Scheme) -> bool {
    scheme.table().letters.iter().any(|(letter, _)| *letter == 'ş')
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
            ("և ով Ու", "yev ov U"),
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
    for &scheme in Scheme::ALL.iter().filter(|scheme| **scheme != Scheme::AnyAscii) {
        let text = "12 – “«№…»” 東京 e\u{301}\u{FEFF}\r\n".replace('e', if reads_latin(scheme) { "" } else { "e" });
        assert_eq!(scheme.apply(&text), text, "{scheme}");
    }
}

#[test]
fn az_cyrl_latn() {
    assert_reads(
        Scheme::AzCyrlLatn,
        &[
            ("Ҹәбрајыл", "Cəbrayıl"),
            ("ХАНКӘНДИ", "XANKƏNDİ"),
            ("Ыстису", "Istisu"),
            ("Исмајыллы", "İsmayıllı"),
            ("Ағдам, Ҝәнҹә, Гәбәлә", "Ağdam, Gəncə, Qəbələ"),
            ("Юсиф", "Yusif"),
            ("мәс’әлә ’", "məsələ ’"),
        ],
    );
}

#[test]
fn hy_standards() {
    assert_reads(
        Scheme::HyBgnPcgn1981,
        &[
            ("Երևան", "Yerevan"),
            ("Հայաստան", "Hayastan"),
            ("Թումանյան", "T’umanyan"),
            ("Թոմաս", "T’omas"), // ICU: T’vomas
            ("Աբեի", "Abei"),    // ICU: Abev
            ("Ով Որոտան", "Ov Vorotan"),
            ("ՉԱՐԵՆՑԱՎԱՆ", "CH’ARENTS’AVAN"),
            ("Գառնի", "Garrni"),
            ("միևնույն Եվլախ", "miyevnuyn Yevlakh"),
        ],
    );
    assert_reads(
        Scheme::HyIso9985,
        &[
            ("Երևան", "Erewan"),
            ("Գյումրի", "Gyowmri"),
            ("Ղարաբաղ", "Ġarabaġ"),
            ("Ճամբարակ", "Č̣ambarak"),
            ("ՋԵՐՄՈՒԿ", "J̌ERMOWK"),
        ],
    );
}

#[test]
fn ka_standards() {
    // From the test list of interscript's map of 1981, names of the GeoNames server.
    assert_reads(
        Scheme::KaBgnPcgn1981,
        &[
            ("ჯვრის წყალსაცავი", "jvris tsqalsats’avi"),
            ("ჰებუდი", "hebudi"),
            ("ძულუხირა", "dzulukhira"),
            ("ააცი", "aats’i"),
            ("თბილისი", "t’bilisi"),
        ],
    );
    assert_reads(Scheme::KaIso9984, &[("თბილისი", "t̕bilisi"), ("ჭიათურა", "čiat̕ura"), ("ყაზბეგი", "qazbegi")]);
}

#[test]
fn ru_bgn_pcgn_1947() {
    assert_reads(
        Scheme::RuBgnPcgn1947,
        &[
            ("Длинное покрывало", "Dlinnoye pokryvalo"),
            ("Еловая шишка", "Yelovaya shishka"),
            ("ЕЛОВАЯ ШИШКА", "YELOVAYA SHISHKA"),
            ("видел её", "videl yeyë"),
            ("ЁЖ КОЛЮЧИЙ", "YËZH KOLYUCHIY"),
            ("ЦИК России", "TSIK Rossii"),
            ("Федерального", "Federal’nogo"),
            ("Подъезд, Щёлково", "Pod”yezd, Shchëlkovo"),
            ("Степанакерт, Брянск", "Stepanakert, Bryansk"),
        ],
    );
}

#[test]
fn uk_kmu55_2010() {
    // The examples of the resolution's own table.
    assert_reads(
        Scheme::UkKmu552010,
        &[
            ("Алушта", "Alushta"),
            ("Борщагівка", "Borshchahivka"),
            ("Згурський", "Zghurskyi"),
            ("Ґалаґан", "Galagan"),
            ("Єнакієве", "Yenakiieve"),
            ("Гаєвич", "Haievych"),
            ("Їжакевич", "Yizhakevych"),
            ("Кадиївка", "Kadyivka"),
            ("Йосипівка", "Yosypivka"),
            ("Стрий", "Stryi"),
            ("Щербухи", "Shcherbukhy"),
            ("Юрій", "Yurii"),
            ("Корюківка", "Koriukivka"),
            ("Яготин", "Yahotyn"),
            ("Костянтин", "Kostiantyn"),
            ("Знам’янка", "Znamianka"),
            ("Знам'янка", "Znamianka"),
            ("Феодосія", "Feodosiia"),
            ("Розгон", "Rozghon"),
            ("ЗГОРАНИ", "ZGHORANY"),
        ],
    );
    assert_reads(Scheme::UkKmu552010, &[("don't ’", "don't ’"), ("‘Юг’", "‘Yuh’")]);
}

/// No public list of names was found for these: letters of the tables that their files cite.
#[test]
fn schemes_without_a_list_of_names() {
    assert_reads(
        Scheme::HyHubschmannMeillet,
        &[
            ("Երեւան", "Erewan"),
            ("Ուրարտու", "Urartu"),
            ("Վաղարշապատ", "Vałaršapat"),
            ("Ճանապարհ", "Čanaparh"),
            ("Չորս", "Čʿors"),
        ],
    );
    assert_reads(Scheme::HyAlaLc, &[("Ստեփանակերտ", "Stepʻanakert"), ("Ալեքպոլ", "Alekʻpol")]); // as in GeoNames
    assert_reads(
        Scheme::HywPopular,
        &[
            ("Ստեփանակերտ", "Sdepanagerd"),
            ("Հայաստան", "Hayasdan"),
            ("Շահումեան", "Shahumian"),
            ("Աբովեան", "Apovian"),
            ("Արծուանիստ", "Ardzvanisd"),
        ],
    );
    assert_reads(
        Scheme::RuGost779B,
        &[
            ("Цхинвали, Цемесс", "Czxinvali, Cemess"),
            ("Щёлково", "Shhyolkovo"),
            ("Элиста, Подъезд, Крым", "E`lista, Pod``ezd, Kry`m"),
        ],
    );
    assert_reads(
        Scheme::RuIcao9303,
        &[("Подъельск", "Podieelsk"), ("Юрий Щукин", "Iurii Shchukin"), ("ЦХИНВАЛИ", "TSKHINVALI")],
    );
    assert_reads(
        Scheme::RuScientific,
        &[("Хабаровск", "Xabarovsk"), ("Щёлково", "Ščëlkovo"), ("Ярославль", "Jaroslavlʹ")],
    );
    assert_reads(
        Scheme::UkScientific,
        &[("Київ", "Kyjiv"), ("Харків", "Xarkiv"), ("Луганськ", "Luhansʹk"), ("Щастя", "Ščastja")],
    );
    assert_reads(
        Scheme::TrNewspaper,
        &[("Diyarbakır", "Diyarbakir"), ("İzmir IĞDIR", "Izmir IGDIR"), ("Şırnak, Çanakkale", "Sirnak, Canakkale")],
    );
    assert_reads(Scheme::AzArabLatn, &[("باکی", "baki"), ("ایروان", "irvan"), ("شوشا", "şoşa"), ("شۇشا", "şuşa")]);
    assert_reads(
        Scheme::AzLatnArab,
        &[
            ("Bakı", "باکی"),
            ("Şuşa", "شۇشا"),
            ("Gəncə", "گنجه"),
            ("Ağdam", "آغدام"),
            ("Ərdəbil", "اردبیل"),
            ("Göyçay", "گؤیچای"),
        ],
    );
}

#[test]
fn tables_are_sound() {
    use unicode_normalization::is_nfc;
    for &scheme in Scheme::ALL {
        let table = scheme.table();
        for (letter, roman) in table.letters {
            assert!(is_nfc(roman) && is_nfc(letter.encode_utf8(&mut [0; 4])), "{scheme}: {letter} {roman}");
            assert_eq!(
                table.letters.iter().filter(|(other, _)| other == letter).count(),
                1,
                "{scheme}: {letter} twice"
            );
            let same = table.letters.iter().filter(|(_, other)| other == roman).count();
            assert!(table.reversal == Reversal::No || same == 1, "{scheme}: {roman} is written for several letters");
        }
    }
}

/// `text` with small signs where a sign that Latin writes without case stands at the edge of what has case.
fn without_case(scheme: Scheme, text: &str) -> String {
    match scheme {
        Scheme::RuGost779B | Scheme::RuIso91995 => text.replace('Ь', "ь").replace('Ъ', "ъ"),
        Scheme::HyHubschmannMeillet => text.replace("ՈՒ", "Ու"),
        _ => text.to_owned(),
    }
}

#[test]
fn signs_come_back_in_the_case_of_their_surroundings() {
    for (scheme, text) in [
        (Scheme::RuIso91995, "ПОДЪЕЗД, КОНЬ, КАЗАНЬ И Тверь, Объект, СВЕТЛАНА ЛЬ"),
        (Scheme::RuGost779B, "ПОДЪЕЗД, ЭХО, КОНЬ, ЦИРК, Цех, ЫЁ"),
        (Scheme::HyHubschmannMeillet, "ԵՐԵԲՈՒՆԻ, Ուրարտու, ՈՒՐԱՐՏՈՒ"),
    ] {
        let expected = text.replace("ЛЬ", "Ль"); // no neighbour tells
        assert_eq!(scheme.reverse(&scheme.apply(text)), Some(expected), "{scheme}");
    }
}

#[test]
fn georgian_capitals_do_not_come_back() {
    assert_eq!(Scheme::KaIso9984.reverse("T̕bilisi, QAZBEGI").as_deref(), Some("თბილისი, ᲧᲐᲖᲑᲔᲒᲘ"));
}

proptest::proptest! {
    /// Words of the alphabet, in small letters, with a capital or in capitals, come back as they were.
    #[test]
    fn reversible_schemes_reverse(
        words in proptest::collection::vec((proptest::collection::vec(0usize..64, 2..12), 0u8..3), 0..6)
    ) {
        for &scheme in Scheme::ALL {
            let Reversal::ButFor(sequences) = scheme.table().reversal else { continue };
            let letters = scheme.table().letters;
            let is_georgian = scheme == Scheme::KaIso9984;
            let mut text = String::new();
            for (indices, case) in &words {
                let mut word: String = indices.iter().map(|at| letters[at % letters.len()].0).collect();
                while let Some(sequence) = sequences.iter().find(|sequence| word.contains(**sequence)) {
                    word = word.replace(sequence, "");
                }
                let mut chars = word.chars();
                let first = chars.next().map(|first| first.to_uppercase().next().unwrap_or(first));
                text.push_str(&match case {
                    1 if !is_georgian => first.into_iter().chain(chars).collect(),
                    2 => word.to_uppercase(),
                    _ => word,
                });
                text.push_str(", ");
            }
            let roman = scheme.apply(&text);
            let back = scheme.reverse(&roman).map(|back| without_case(scheme, &back));
            proptest::prop_assert_eq!(back, Some(without_case(scheme, &text)), "{}: {}", scheme, roman);
        }
    }

    /// What a scheme gives back is what it romanises to the same.
    #[test]
    fn reverse_gives_back_what_is_written_so(text in "[a-zA-Zʹʺ`’ēžšôûâèČǰĴ ЖжԱաა]{0,20}") {
        for &scheme in Scheme::ALL.iter().filter(|scheme| scheme.is_reversible()) {
            if let Some(source) = scheme.reverse(&text) {
                let (again, text) = (scheme.apply(&source), &text);
                proptest::prop_assert!(again == *text || scheme == Scheme::KaIso9984 && again.to_lowercase() == text.to_lowercase());
            }
        }
    }

    /// No text makes a scheme fail, and what is not of its alphabet stays.
    #[test]
    fn any_text_passes(text in ".*") {
        for &scheme in Scheme::ALL {
            scheme.apply_to_name(&text);
            let _ = scheme.reverse(&text);
            let ascii: String = text.chars().filter(char::is_ascii).collect();
            if !reads_latin(scheme) {
                proptest::prop_assert_eq!(scheme.apply(&ascii), ascii);
            }
        }
    }
}
