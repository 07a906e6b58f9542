//! Elastic bands by their names and colours in the languages that training texts are written in.

/// What a band is called.
const BANDS: [&str; 14] = [
    "band",
    "mini-band",
    "miniband",
    "loop",
    "gummiband",
    "bande",
    "élastique",
    "elastique",
    "banda",
    "elástico",
    "elastico",
    "weerstandsband",
    "elastiek",
    "elástica",
];

/// The colours in which bands are sold, in English, and their names in other languages.
const COLOURS: [(&str, &str); 15] = [
    ("tan", ""),
    ("beige", "bege"),
    ("yellow", "gelb jaune amarillo amarilla giallo gialla geel amarelo amarela"),
    ("red", "rot rouge rojo roja rosso rossa rood vermelho vermelha"),
    ("green", "grün vert verte verde groen"),
    ("blue", "blau bleu bleue azul blu blauw"),
    ("black", "schwarz noir noire negro negra nero nera zwart preto preta"),
    ("silver", "silber argent plateado argento zilver prata"),
    ("gold", "doré dorado oro goud dourado"),
    ("orange", "naranja arancione oranje laranja"),
    ("purple", "lila morado viola paars roxo"),
    ("violet", "violett violette violeta"),
    ("grey", "gray grau gris grise grigio grijs cinza"),
    ("white", "weiß weiss blanc blanche blanco blanca bianco bianca wit branco branca"),
    ("pink", "rosa rose roze"),
];

/// The English name of a colour of bands.
pub(super) fn colour_named(name: &str) -> Option<&'static str> {
    let named =
        |(colour, names): &&(&'static str, &str)| *colour == name || names.split(' ').any(|known| known == name);
    COLOURS.iter().find(named).map(|(colour, _)| *colour).filter(|_| !name.is_empty())
}

/// What stands beside the word for a band: `yellow` of `yellow band`, `band: yellow` and `bande jaune`.
pub(super) fn beside_band(tidied: &str) -> Option<String> {
    let colour = |rest: &str| {
        let colour = rest.trim_matches([':', '-', ',', '(', ')', ' ']);
        (!colour.is_empty()).then(|| colour.to_owned())
    };
    // A word that only begins like one for a band is none.
    let whole = |rest: &&str| rest.starts_with(|c: char| !c.is_alphanumeric());
    let after = BANDS.iter().find_map(|band| tidied.strip_prefix(band).filter(whole));
    let ends = |rest: &&str| rest.ends_with(|c: char| !c.is_alphanumeric());
    let before = || BANDS.iter().find_map(|band| tidied.strip_suffix(band).filter(ends));
    after.or_else(before).and_then(colour)
}
