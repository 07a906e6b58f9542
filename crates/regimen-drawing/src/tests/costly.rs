//! Short drawings that would take others long.

use super::{clean, drawing, refused, written};

fn nested(times: usize, inside: &str) -> String {
    format!("{}{inside}{}", "<g>".repeat(times), "</g>".repeat(times))
}

#[test]
fn selectors_are_bounded_however_they_are_written() {
    let path = "<path d='M0 0h1'/>";
    for selector in [
        "x g g g g g g path",
        "x g g g g g g path/*}*/",
        "x/**/ g\ng\tg g g g path",
        "x g g g g g g path,a",
        "g~g~g g g g path",
        "x>g g g g g>g path",
        "* * * * * * *",
        "[id] g :root g g g path",
    ] {
        let sheet = format!("<style>{selector}{{fill:red}}</style>{}", nested(80, path));
        assert!(refused(&sheet).contains("intricate"), "{selector}");
        let media = format!("<style>@media all{{{selector}{{fill:red}}}}</style>{}", nested(80, path));
        assert!(refused(&media).contains("intricate"), "{selector} in @media");
    }
    let fine = format!("<style>svg g g>path{{fill:red}}</style>{}", nested(80, "<path d=\"M0 0h1\"/>"));
    assert_eq!(written(&fine), fine);
}

/// Whoever applies what was written compares no more than was counted: selectors have the parts that they seem to have.
#[test]
fn the_library_of_the_handouts_reads_the_same_selectors() {
    for (sheet, read) in [
        (".a .b>g+path{fill:red}", ".a .b > g + path"),
        ("#a[id='b'],g{fill:red}", "#a[id='b']\ng"),
        ("/*}x g g{*/ g{fill:red}", "g"),
        ("@media x{y z{fill:red}}g{fill:red}", "g"),
        ("g{font-family:'}x y{'}h{fill:red}", "h"),
        ("g{fill:red;}}x y{fill:red}h{fill:red}", "g\nh"),
        ("<!-- g{fill:red} -->h{fill:red}", "g\nh"),
        ("g{fill:red", "g"),
    ] {
        let text = written(&format!("<style><![CDATA[{sheet}]]></style>"));
        let css = text.strip_prefix("<style>").and_then(|css| css.strip_suffix("</style>")).unwrap_or_default();
        let rules = simplecss::StyleSheet::parse(css).rules;
        let mut selectors: Vec<String> = rules
            .iter()
            .map(|rule| rule.selector.to_string().replace("*[class~='", ".").replace("*[id='", "#"))
            .collect();
        selectors.sort();
        let plain = |text: &str| text.replace("']", "").replace("[id='b", "").replace('*', "");
        let mut wanted: Vec<&str> = read.split('\n').collect();
        wanted.sort_unstable();
        let wanted: Vec<String> = wanted.into_iter().map(plain).collect();
        let selectors: Vec<String> = selectors.iter().map(|one| plain(one)).collect();
        assert_eq!(selectors, wanted, "{sheet}: {css}");
    }
}

#[test]
fn sheets_are_bounded_by_what_they_are_applied_to() {
    let shapes = "<path d='M0 0'/>".repeat(500);
    let long = format!("<path class='{}' d='M0 0'/>", "a ".repeat(2_000)).repeat(200);
    for (sheet, shapes) in [
        ("*{fill:red}".repeat(25_000), shapes.as_str()),
        (format!("{}{{fill:red}}", "*,".repeat(25_000) + "*"), shapes.as_str()),
        (format!("*{{{}}}", "fill:red;".repeat(25_000)), shapes.as_str()),
        (".b{fill:red}".repeat(2_000), long.as_str()),
    ] {
        assert!(refused(&format!("<style>{sheet}</style>{shapes}")).contains("intricate"), "{sheet:.40}");
    }
    let fine = format!("<style>{}</style>{shapes}", ".a{fill:red}".repeat(500));
    assert!(clean(drawing(&fine).as_bytes()).is_ok());
}

#[test]
fn parts_are_counted_as_often_as_they_are_used() {
    let tiles = |level: usize| {
        let shapes = format!("<path d='M0 0h1v1z' fill='url(#p{})'/>", level + 1).repeat(10);
        format!("<pattern id='p{level}' width='1' height='1'>{shapes}</pattern>")
    };
    let patterns: String = (0..9).map(tiles).collect();
    let uses = |level: usize| format!("<g id='u{level}'>{}</g>", format!("<use href='#u{}'/>", level - 1).repeat(20));
    let used: String = (1..12).map(uses).collect();
    let marker = format!("<marker id='m'>{}</marker>", "<path d='M0 0h1v1z'/>".repeat(100));
    let line = |how: &str| format!("<path {how} d='M{}'/>", "1 1 ".repeat(5_000));
    let marked = |how: &str| format!("{marker}{}", line(how));
    for body in [
        format!("{patterns}<path d='M0 0h1v1z' fill='url(#p0)'/>"),
        format!("<g id='u0'/>{used}<use href='#u11'/>"),
        marked("style='marker:url(#m)'"),
        marked("marker-mid='url( \"#m\" )'"),
        marked("style='marker:u\\72l(#m)'"),
        format!("<style>.a{{marker-mid:url(#m)}}</style>{}", marked("class='a'")),
        format!("<style>/*}}*/g .a{{marker-mid:url('#m')}}</style><g>{}</g>", marked("class='a'")),
        format!("<g marker-mid='url(#m)'>{}</g>", marked("")),
    ] {
        assert!(refused(&body).contains("counted as often"), "{body:.200}");
    }
    for body in [
        "<g id='a'><path fill='url(#b)'/></g><pattern id='b'><use href='#a'/></pattern>",
        "<mask id='a'><g mask='url(#a)'/></mask>",
        "<g id='a'><use href='#a'/></g>",
    ] {
        assert!(refused(body).contains("refers to itself"), "{body}");
    }
}

#[test]
fn every_quantity_has_its_limit() {
    let pixel = |side: &str| format!("<image href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{side}CAAAAAA='/>");
    for (body, why) in [
        ("<g/>".repeat(60_000), "more than 50000 parts"),
        (" ".repeat(3 << 20), "bytes; at most"),
        (nested(1_100, ""), "too deeply"),
        (nested(900, &"<g/>".repeat(10_000)), "too deeply"),
        (format!("<g {}/>", (0..600).map(|at| format!("a{at}='' ")).collect::<String>()), "more than 500 attributes"),
        ((0..70).map(|at| format!("<g xmlns:a{at}='b'/>")).collect(), "more than 64 prefixes"),
        (format!("<text>{}</text>", "a".repeat(20_001)), "20001 letters"),
        (
            format!("<text>{}</text>", "<tspan>".repeat(20) + &"a".repeat(20_001) + &"</tspan>".repeat(20)),
            "20001 letters",
        ),
        (format!("<g stroke-dasharray='{}'/>", "1 ".repeat(3_000)), "`stroke-dasharray` has 6000 letters"),
        (format!("<g style='font-family:{}'/>", "a,".repeat(3_000) + "a"), "`font-family` has 6001 letters"),
        (format!("<g class='{}'/>", "a ".repeat(3_000)), "`class` has 6000 letters"),
        (format!("<desc>{}</desc>", "<![CDATA[a]]>b".repeat(300)), "more than 200 sections"),
        (format!("<filter>{}</filter>", "<feTile/>".repeat(1_001)), "more than 1000 steps"),
        (format!("<g id='a'/><text>{}</text>", "<tref href='#a'/>".repeat(501)), "more than 500 texts"),
        // 20,001 by 1, and 16,384 by 2,048 twice.
        (pixel("TiEAAAAB"), "20001 by 1 pixels"),
        (pixel("QAAAAAgA").repeat(2), "more than 40000000 pixels"),
    ] {
        assert!(refused(&body).contains(why), "{why}: {}", refused(&body));
    }
}

#[test]
fn a_thousand_wrong_things_are_told_in_ten() {
    let many: String = (0..1_000).map(|at| format!("<g on{at}='a'/><a{at}/>")).collect();
    assert_eq!(clean(drawing(&many).as_bytes()).unwrap_err().len(), 1, "each once");
    let unknown: String = (0..1_000).map(|at| format!("<a{at}/>")).collect();
    assert_eq!(clean(drawing(&unknown).as_bytes()).unwrap().left_out.len(), 10);
}
