//! Regions with several clocks, and regions whose time has a name.

use super::places::Places;

/// Names in small letters with bars between, without "time" and the season; and places.
pub(super) const REGIONS: &[(&str, Places)] = &[
    (
        "united states|usa|us|america|vereinigte staaten|états-unis|estados unidos|stati uniti|verenigde staten",
        &[
            ("America/New_York", "the east"),
            ("America/Chicago", "the middle"),
            ("America/Denver", "the Rocky Mountains"),
            ("America/Los_Angeles", "the west"),
        ],
    ),
    (
        "canada|kanada|canadá",
        &[
            ("America/Halifax", "the Atlantic"),
            ("America/Toronto", "Ontario and Quebec"),
            ("America/Winnipeg", "Manitoba"),
            ("America/Edmonton", "Alberta"),
            ("America/Vancouver", "British Columbia"),
        ],
    ),
    (
        "mexico|méxico|mexiko|mexique|messico",
        &[
            ("America/Mexico_City", "most of it"),
            ("America/Cancun", "Quintana Roo"),
            ("America/Tijuana", "Baja California"),
        ],
    ),
    (
        "brazil|brasil|brasilien|brésil|brasile|brazilië",
        &[
            ("America/Sao_Paulo", "most of it"),
            ("America/Manaus", "Amazonas"),
            ("America/Noronha", "Fernando de Noronha"),
        ],
    ),
    (
        "australia|australien|australie|australië|austrália",
        &[
            ("Australia/Sydney", "New South Wales"),
            ("Australia/Melbourne", "Victoria"),
            ("Australia/Brisbane", "Queensland"),
            ("Australia/Adelaide", "South Australia"),
            ("Australia/Perth", "Western Australia"),
        ],
    ),
    (
        "russia|russland|russie|rusia|rusland|rússia",
        &[
            ("Europe/Moscow", "Moscow"),
            ("Asia/Yekaterinburg", "the Urals"),
            ("Asia/Novosibirsk", "western Siberia"),
            ("Asia/Vladivostok", "the far east"),
        ],
    ),
    (
        "indonesia|indonesien|indonésie|indonesië|indonésia",
        &[("Asia/Jakarta", "the west"), ("Asia/Makassar", "the middle"), ("Asia/Jayapura", "the east")],
    ),
    (
        "spain|spanien|espagne|españa|spagna|spanje|espanha",
        &[("Europe/Madrid", "the mainland"), ("Atlantic/Canary", "the Canary Islands")],
    ),
    ("portugal|portogallo", &[("Europe/Lisbon", "the mainland"), ("Atlantic/Azores", "the Azores")]),
    (
        "chile|chili|cile",
        &[
            ("America/Santiago", "the middle"),
            ("America/Punta_Arenas", "the south"),
            ("Pacific/Easter", "Easter Island"),
        ],
    ),
    (
        "ecuador|équateur|equador",
        &[("America/Guayaquil", "the mainland"), ("Pacific/Galapagos", "the Galápagos Islands")],
    ),
    (
        "new zealand|neuseeland|nouvelle-zélande|nueva zelanda|nuova zelanda|nieuw-zeeland|aotearoa",
        &[("Pacific/Auckland", "the main islands"), ("Pacific/Chatham", "the Chatham Islands")],
    ),
    ("china|chine|cina", &[("Asia/Shanghai", "all but Xinjiang"), ("Asia/Urumqi", "the local time of Xinjiang")]),
    ("ukraine|ucrania|ucraina|oekraïne|ucrânia", &[("Europe/Kyiv", "all but Crimea"), ("Europe/Simferopol", "Crimea")]),
    ("eastern", &[("America/New_York", "North America"), ("Australia/Sydney", "Australia")]),
    (
        "central",
        &[("America/Chicago", "North America"), ("Australia/Adelaide", "Australia"), ("Europe/Berlin", "Europe")],
    ),
    ("mountain|us mountain", &[("America/Denver", "North America"), ("America/Phoenix", "Arizona")]),
    ("pacific", &[("America/Los_Angeles", "North America")]),
    ("atlantic", &[("America/Halifax", "Canada"), ("America/Puerto_Rico", "Puerto Rico")]),
    (
        "central european|mitteleuropäische|middle european",
        &[("Europe/Berlin", "Germany"), ("Europe/Paris", "France"), ("Europe/Madrid", "Spain")],
    ),
    ("eastern european", &[("Europe/Athens", "Greece"), ("Europe/Helsinki", "Finland"), ("Europe/Kyiv", "Ukraine")]),
    ("western european", &[("Europe/Lisbon", "Portugal"), ("Atlantic/Canary", "the Canary Islands")]),
    ("australian eastern", &[("Australia/Sydney", "New South Wales"), ("Australia/Brisbane", "Queensland")]),
    ("australian central", &[("Australia/Adelaide", "South Australia"), ("Australia/Darwin", "Northern Territory")]),
    ("australian western", &[("Australia/Perth", "Western Australia")]),
    ("gulf", &[("Asia/Dubai", "the Gulf")]),
    ("central africa", &[("Africa/Maputo", "Mozambique"), ("Africa/Lusaka", "Zambia")]),
    ("east africa", &[("Africa/Nairobi", "Kenya")]),
    ("west africa", &[("Africa/Lagos", "Nigeria")]),
    ("alaska", &[("America/Anchorage", "Alaska")]),
    ("hawaii|hawaiian", &[("Pacific/Honolulu", "Hawaii")]),
    ("newfoundland", &[("America/St_Johns", "Newfoundland")]),
    ("british|british summer", &[("Europe/London", "the United Kingdom")]),
    ("irish", &[("Europe/Dublin", "Ireland")]),
];
