//! Which entry contains which, by the codes of countries and divisions that every row bears.

use rustc_hash::FxHashMap;

use crate::gazetteer::entry::EntryId;

/// The countries and divisions that rows name, each under a number.
#[derive(Default)]
pub(super) struct Containers {
    numbers: FxHashMap<Box<str>, u32>,
    codes: Vec<Box<str>>,
    ids: Vec<Option<EntryId>>,
}

/// The numbers of the country, the first-level and the second-level division of a row.
pub(super) type Codes = [Option<u32>; 3];

impl Containers {
    /// The number of a code such as `NL`, `NL.07` or `NL.07.0363`.
    pub(super) fn number(&mut self, code: &str) -> u32 {
        if let Some(&number) = self.numbers.get(code) {
            return number;
        }
        let number = self.codes.len() as u32;
        self.numbers.insert(code.into(), number);
        self.codes.push(code.into());
        self.ids.push(None);
        number
    }

    /// The codes of a row; what is blank or general (`00`) is none.
    pub(super) fn codes(&mut self, country: &str, first: &str, second: &str) -> Codes {
        let is_none = |code: &str| code.is_empty() || code == "00";
        if is_none(country) {
            return [None; 3];
        }
        let country_number = Some(self.number(country));
        if is_none(first) {
            return [country_number, None, None];
        }
        let first_code = format!("{country}.{first}");
        let first_number = Some(self.number(&first_code));
        let second_number = (!is_none(second)).then(|| self.number(&format!("{first_code}.{second}")));
        [country_number, first_number, second_number]
    }

    /// Says which entry a code stands for; the first one keeps it.
    pub(super) fn set(&mut self, number: u32, id: &EntryId) {
        self.ids[number as usize].get_or_insert_with(|| id.clone());
    }

    /// The number of a code that some row named, if no entry stands for it yet.
    pub(super) fn missing(&self, code: &str) -> Option<u32> {
        self.numbers.get(code).copied().filter(|&number| self.ids[number as usize].is_none())
    }

    /// The smallest container of a row that is an entry, and not the row itself.
    pub(super) fn within(&self, codes: Codes, own: &EntryId) -> Option<EntryId> {
        let mut ids = codes.iter().rev().flatten().filter_map(|&number| self.ids[number as usize].as_ref());
        ids.find(|&id| id != own).cloned()
    }
}
