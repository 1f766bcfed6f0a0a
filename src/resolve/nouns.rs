//! Nouns and verbs beside a name that say what it names. Lists, because English is one; each word stands for a use that is hardly ever another.

use crate::gazetteer::Kind;

/// A noun for a sort of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) kind: Kind,
    /// `Azadliq Square` is a name as it stands, and of `Tartar District` the first word is.
    pub(super) is_part_of_name: bool,
}

/// What sort of place a noun, folded, stands for.
pub(super) fn place(noun: &str) -> Option<Place> {
    let (kind, is_part_of_name) = match noun {
        "district" | "rayon" | "raion" | "municipality" | "uyezd" | "subdistrict" => (Kind::District, false),
        "county" | "parish" => (Kind::District, true),
        "region" | "province" | "oblast" | "governorate" | "prefecture" => (Kind::Region, false),
        "city" => (Kind::City, false),
        "town" | "township" => (Kind::Town, false),
        "village" | "settlement" | "hamlet" => (Kind::Village, false),
        "river" => (Kind::River, false),
        "lake" | "reservoir" => (Kind::Lake, true),
        "sea" | "bay" | "gulf" | "strait" => (Kind::Sea, true),
        "mount" | "mountain" | "hill" | "height" | "peak" | "ridge" | "range" => (Kind::Mountain, true),
        "pass" => (Kind::Pass, true),
        "corridor" => (Kind::Corridor, true),
        "valley" | "gorge" | "canyon" | "plain" | "plateau" | "peninsula" | "island" | "archipelago" | "desert"
        | "forest" | "basin" | "delta" => (Kind::Place, true),
        "square" | "street" | "avenue" | "boulevard" | "bridge" | "airport" | "airfield" | "airbase" | "cathedral"
        | "church" | "monastery" | "mosque" | "fortress" | "castle" | "palace" | "cemetery" | "dam" | "port"
        | "harbour" | "harbor" | "canal" | "highway" | "road" | "station" | "checkpoint" | "crossing" | "mine"
        | "park" | "stadium" | "camp" | "prison" => (Kind::Site, true),
        "suburb" | "suburbs" | "neighborhood" | "neighbourhood" | "quarter" | "borough" => (Kind::Place, false),
        _ => {
            let singular = noun.strip_suffix("ies").map(|stem| format!("{stem}y"));
            let singular = singular.as_deref().or_else(|| noun.strip_suffix('s')).filter(|stem| !stem.ends_with('s'));
            return singular.and_then(place);
        }
    };
    Some(Place { kind, is_part_of_name })
}

/// Whether a capitalised word belongs to the name that follows it.
pub(super) fn begins_name(surface: &str) -> bool {
    let compass = ["North", "South", "East", "West", "Upper", "Lower", "New", "Old", "Great", "Little"];
    let features = ["Mount", "Lake", "Fort", "Camp", "Port", "Cape", "Saint", "St", "San", "Santa", "Puerto", "El"];
    let things = ["Operation", "Hurricane", "Typhoon", "Cyclone", "Radio", "Hotel"];
    compass.contains(&surface) || features.contains(&surface) || things.contains(&surface)
}

/// Whether a capitalised word belongs to the name that stands before it.
pub(super) fn ends_name(surface: &str) -> bool {
    let folded = crate::text::fold(surface);
    place(&folded).is_some() || is_organisation(&folded)
}

/// Words in small letters inside names.
pub(super) fn is_particle(surface: &str) -> bool {
    matches!(
        surface,
        "de" | "da"
            | "di"
            | "du"
            | "la"
            | "le"
            | "al"
            | "el"
            | "ez"
            | "es"
            | "bin"
            | "ibn"
            | "von"
            | "van"
            | "bey"
            | "bek"
            | "oglu"
            | "oğlu"
            | "i"
    )
}

/// What makes an organisation, a unit, an event or a work of the name before it.
pub(super) fn is_organisation(noun: &str) -> bool {
    const NOUNS: &str = "institute university academy college school party division brigade battalion regiment corps army front group \
        council committee commission ministry agency bank airlines airways times post tribune herald gazette news tv radio channel press \
        center centre foundation association union league fund court company corporation inc ltd conference treaty protocol agreement \
        accord accords act festival award prize day war operation offensive battle massacre mission parliament assembly movement club \
        fc fk hospital hotel museum theatre theater cup championship dynasty khanate empire caliphate bureau administration initiative project \
        watch club system systems industries holding petroleum energy motors insurgency legion brigades";
    NOUNS.split_ascii_whitespace().any(|other| other == noun)
}

/// What is no place, right before or after a name: `the newspaper Azadliq`, `Grad rockets`, `the Musayev family`.
pub(super) fn is_thing(noun: &str) -> bool {
    const NOUNS: &str = "newspaper daily weekly magazine agency website channel broadcaster company firm manufacturer operator airline \
        missile missiles rocket rockets tank tanks drone drones aircraft jet jets fighter helicopter helicopters rifle rifles launcher launchers \
        howitzer howitzers ship vessel ferry tanker steamer cruiser frigate submarine destroyer boat hms uss system satellite satellites \
        family families clan tribe dynasty sect movement militia battalion brigade party group network organisation organization \
        language dialect alphabet people film movie novel book song album band horse hurricane typhoon cyclone storm virus outbreak \
        strain vaccine disease bacteria law project program programme operation software app team fans award code";
    NOUNS.split_ascii_whitespace().any(|other| other == noun)
}

/// Who is called by name right after it: `journalist Tatul Hakobyan`.
pub(super) fn is_role(noun: &str) -> bool {
    const NOUNS: &str = "journalist reporter correspondent analyst expert scholar historian author writer poet composer singer actor actress \
        director leader commander warlord chief chairman chairwoman head deputy spokesman spokeswoman spokesperson official officer soldier \
        sergeant corporal private fighter pilot militant activist lawyer judge prosecutor politician mp congressman congresswoman \
        representative lawmaker professor scientist researcher doctor dr adviser advisor coordinator councilman councilwoman councillor bishop archbishop patriarch cardinal father saint st pope imam sheikh shah \
        sultan khan emperor empress tsar queen princess duke count baron lord lady mr mrs ms miss sir madam comrade citizen resident \
        brother sister son daughter wife husband mother uncle aunt cousin nephew friend victim named called by";
    NOUNS.split_ascii_whitespace().any(|other| other == noun)
}

/// What people do and places don't, right after a name.
pub(super) fn is_deed(verb: &str) -> bool {
    const VERBS: &str = "said says told stated states wrote writes argued argues added noted notes claimed claims believes believed \
        explained replied asked answered cried exclaimed thought knew smiled laughed nodded argued suggested described accused \
        criticised criticized congratulated thanked testified died who whose himself herself";
    VERBS.split_ascii_whitespace().any(|other| other == verb)
}

/// What goes before `of` and a place: `outskirts of X`, `the fall of X`.
pub(super) fn is_of_place(noun: &str) -> bool {
    const NOUNS: &str = "north south east west northeast northwest southeast southwest outskirts residents inhabitants suburbs vicinity \
        streets siege battle capture recapture fall liberation occupation shelling bombing bombardment mayor governor port city centre center \
        part parts direction side surroundings bank banks shores coast armistice treaty massacre evacuation defence defense ruins";
    NOUNS.split_ascii_whitespace().any(|other| other == noun)
}

/// What people do before `to` a place: `moved to X`; or planes before `over` it: `shot down over X`.
pub(super) fn is_motion(word: &str) -> bool {
    const WORDS: &str = "move moved fled flee flew fly went go gone going travel travelled traveled advance advanced withdrew withdraw withdrawn \
        retreat retreated return returned marched march drove sailed came arrived evacuated deported exiled sent road route way trip journey flight \
        down";
    WORDS.split_ascii_whitespace().any(|other| other == word)
}

/// What is done to places, and to people as well.
pub(super) fn is_done_to_places(verb: &str) -> bool {
    const VERBS: &str = "captured recaptured reached entered seized shelled bombed occupied liberated left evacuated attacked retook besieged \
        visited via leave leaving entering reaching capturing seizing between toward towards to from at over through into across behind";
    VERBS.split_ascii_whitespace().any(|other| other == verb)
}

/// Words that may follow a noun; any other word in small letters makes an adjective of the name: `in Bolshevik hands`.
pub(super) fn may_follow_noun(word: &str) -> bool {
    const WORDS: &str = "a about across after against ago all along also although among an and another are around as at away back be because been \
        before behind being below between both but by came can cannot come continued could despite did do does down due during each early every \
        following for from fell had has have having he her here him his how however if in including inside into is it its itself last late later \
        lies like lying may might more most must near nearly nor not now of off on once one only onto or other our out outside over past remained \
        s said says she should since so some soon still such than that the their them then there these they this those through throughout thus to \
        today together too toward towards two under until up upon us very via was we were what when where whereas which while who whom whose why will \
        with within without would yesterday yet you located situated situate surrounded attacked shelled captured";
    WORDS.split_ascii_whitespace().any(|other| other == word)
}

/// Whether a word, folded, has an ending by which English makes nouns of names and adjectives: `Sovietization`.
pub(super) fn is_like_english(word: &str) -> bool {
    const ENDINGS: [&str; 10] = ["ism", "isms", "ist", "ists", "ization", "isation", "ness", "ology", "ically", "ized"];
    word.len() >= 8 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Endings that mostly make family names, folded, in the languages of the region and its neighbours.
pub(super) fn is_like_family_name(word: &str) -> bool {
    const ENDINGS: [&str; 18] = [
        "yan", "ian", "ov", "ev", "yev", "ova", "eva", "zade", "zadeh", "oglu", "oghlu", "shvili", "dze", "enko",
        "vich", "vic", "sky", "son",
    ];
    word.len() >= 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_of_places_in_the_plural_as_well() {
        for (noun, kind) in [
            ("village", Some(Kind::Village)),
            ("villages", Some(Kind::Village)),
            ("cities", Some(Kind::City)),
            ("pass", Some(Kind::Pass)),
            ("passes", None),
            ("s", None),
            ("", None),
        ] {
            assert_eq!(place(noun).map(|place| place.kind), kind, "{noun}");
        }
    }
}
