//! Drawings made by hand: what comes through, what does not, and what would take others long.

use super::*;

const SVG: &str = r#"xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9""#;

fn drawing(body: &str) -> String {
    format!("<svg {SVG}>{body}</svg>\n")
}

/// What a drawing with this body is written as, without its outermost element.
fn written(body: &str) -> String {
    let clean = clean(drawing(body).as_bytes()).unwrap_or_else(|refused| panic!("{body}: {refused:?}"));
    let inner = clean.text.split_once('>').unwrap().1;
    inner.strip_suffix("</svg>\n").unwrap_or_default().to_owned()
}

/// What refuses a drawing with this body.
fn refused(body: &str) -> String {
    let remarks = clean(drawing(body).as_bytes()).expect_err(body);
    remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn left_out(body: &str) -> String {
    let clean = clean(drawing(body).as_bytes()).unwrap();
    clean.left_out.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==";

#[test]
fn plain_drawings_come_through_byte_for_byte() {
    let image = format!("<image width=\"9\" height=\"9\" xlink:href=\"{PIXEL}\"/>");
    for body in [
        "\n<title>a &amp; b &lt; c > d</title>\n<g>\n  <path d=\"M0 0h9v9z\" fill=\"#D3C6BA\"/>\n</g>\n",
        "<text x=\"1\" y=\"2\" xml:space=\"preserve\" xml:lang=\"de\">a  <tspan class=\"b\">c</tspan> d</text>",
        "<style>.bold{font-weight:700}</style>",
        "<g style=\"isolation:isolate;mix-blend-mode:multiply\" transform=\"rotate(30, 5,5) scale(2)\"/>",
        "<style>@media print{.a,.b>path:first-child{fill:url(#a);stroke:rgb(1 2 3 / 50%)}}#c{fill:red !important}</style>",
        "<style>@font-face{font-family:'My Font';src:url(data:font/woff2;base64,AAAA) format('woff2')}</style>",
        "<style>@keyframes turn{from{opacity:0}50%{opacity:.5}to{opacity:1}}.a{animation:turn 2s infinite}</style>",
        "<path d=\"M0 0h5\" clip-path=\"url(#b)\"/><clipPath id=\"b\"><use xlink:href=\"#a\"/></clipPath>",
        "<a xlink:href=\"https://example.org/?a=b&amp;c=d\"><path d=\"M0 0h5\"/></a><a href=\"mailto:a@example.org\"/>",
        "<path d=\"M0 0h5\"><animate attributeName=\"fill\" values=\"red;rgb(1,2,3);url(#a)\" dur=\"1s\"/></path>",
        "<filter id=\"f\"><feColorMatrix type=\"saturate\" values=\"0 1 2\"/><feImage href=\"#a\"/></filter>",
        "<text font-family=\"'Source Sans 3', Arial\" style=\"font-family:'Source Sans 3',Arial\">a</text>",
        &image,
    ] {
        let body = if body.contains("xlink:") { body.to_owned() } else { format!("{body}<use xlink:href=\"#z\"/>") };
        assert_eq!(written(&body), body);
        assert_eq!(left_out(&body), "");
    }
}

#[test]
fn what_nobody_sees_goes_without_a_word() {
    for (body, left) in [
        ("<!-- a --><?b c?><path d='M0 0'/>", "<path d=\"M0 0\"/>"),
        ("<metadata><rdf:RDF xmlns:rdf='urn:r'><rdf:li rdf:resource='http://example.org'/></rdf:RDF></metadata>", ""),
        ("<sodipodi:namedview xmlns:sodipodi='urn:s' id='a'><g/></sodipodi:namedview>", ""),
        ("<g xmlns:inkscape='urn:i' inkscape:label='a' data-name='b' unknown='c' id='d'/>", "<g id=\"d\"/>"),
        ("<font><glyph d='M0 0'/></font><view id='a'/>", ""),
        ("<image width='9' height='9'/>", ""),
        ("<style type='text/x'>a{b:c}</style><style>/* nothing */</style>", ""),
        (
            "<style><![CDATA[/* a */ .b > .c { fill : RED ; -x-y: url(#z) ; fill: blue }]]></style>",
            "<style>.b>.c{fill:RED;fill:blue}</style>",
        ),
        ("<g style='-inkscape-font-specification:a;fill:none;'/>", "<g style=\"fill:none\"/>"),
        ("<a href=' #a '/>", "<a href=\"#a\"/>"),
        ("<g fill='URL( \"#a\" ) red'/>", "<g fill=\"url(#a) red\"/>"),
        ("<g fill='\\75 rl(#a)'/>", "<g fill=\"url(#a)\"/>"),
        ("<style>.a{fill:u/**/rl(#b);stroke:url/**/(#b)}</style>", ""),
        ("<text>a&#13;b&#10;c</text>", "<text>a&#13;b\nc</text>"),
        ("<desc id='a&#10;b\"&lt;'>]]&gt;</desc>", "<desc id=\"a&#10;b&quot;&lt;\">]]&gt;</desc>"),
    ] {
        assert_eq!(written(body), left, "{body}");
    }
    let prefixed = "<?xml version='1.0' encoding='iso-8859-1'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'svg11.dtd'>\
                    <s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g/><t xmlns=''/></s:svg>";
    assert_eq!(clean(prefixed.as_bytes()).unwrap().text, "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n");
    assert_eq!(clean(b"\xef\xbb\xbf<svg/>").unwrap().text, "<svg/>\n", "a program that knows it draws it still");
}

#[test]
fn what_somebody_would_see_is_said() {
    for (body, what) in [
        (
            "<rectt width='9'/>",
            "it has a `rectt`, which is no element of SVG that is drawn, and is left out (line 1, `rectt`)",
        ),
        (
            "<image href='data:image/gif;base64,R0lGODdh'/>",
            "its image is neither PNG nor JPEG in base64 and is left out (line 1, `href` of `image`)",
        ),
        ("<image href='data:image/png;base64,A*A'/>", "its image is damaged and left out (line 1, `href` of `image`)"),
        (
            "\n<a href='page.html'/>",
            "its link leads to no address of `http`, `https` or `mailto` and is left out (line 2, `href` of `a`)",
        ),
        ("<g fill='foo(1)'/>", "its `fill` is not understood and left out (line 1, `fill` of `g`)"),
        ("<style>a:not(.b){fill:red}</style>", "its style of `a:not(.b)` is left out (line 1, `style`)"),
        ("<style>@supports (a:b){c{d:e}}</style>", "its style of `@supports` is left out (line 1, `style`)"),
        ("<style>.a{fill:foo(1)}</style>", "its style of `fill` is left out (line 1, `style`)"),
        ("<style>.a{font-family:'a;b'}</style>", "its style of `font-family` is left out (line 1, `style`)"),
    ] {
        assert_eq!(left_out(body), what, "{body}");
    }
    assert_eq!(left_out("<defs><rectt/></defs><symbol><lineargradient/></symbol>"), "", "it may be of no use");
    assert_eq!(written("<image width='9' href='data:image/gif;base64,R0lGODdh'/>"), "<image width=\"9\"/>");
}

#[test]
fn what_could_run_is_refused() {
    for body in [
        "<script>run()</script>",
        "<g><SCRIPT/></g>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
        "<g onload='run()'/>",
        "<g onload ='run()'/>",
        "<g id='a'\nonbegin\n=\n'run()'/>",
        "<g OnClick='run()'/>",
        "<metadata><script/></metadata>",
        "<rectt onload='run()'/>",
        "<a href='javascript:run()'/>",
        "<a xlink:href='java&#115;cript:run()'/>",
        "<a href=' &#1;jAvA&#10;script:run()'/>",
        "<a href='vbscript:run()'/>",
        "<use href='javascript:run()'/>",
        "<a><animate attributeName='href' to='javascript:run()'/></a>",
        "<a><set attributeName=' xlink:href' to='#a'/></a>",
        "<set attributeName='onload' to='run()'/>",
        "<foreignObject><p/></foreignObject>",
        "<foreignobject/>",
        "<iframe src='a.html'/>",
        "<x:iframe xmlns:x='http://www.w3.org/1999/xhtml' src='a.html'/>",
        "<metadata><p xmlns='http://www.w3.org/1999/xhtml'/></metadata>",
        "<embed/>",
        "<object/>",
        "<handler/>",
    ] {
        assert!(refused(body).starts_with("it "), "{body}");
    }
    for document in
        ["<html/>", "<svg xmlns='http://www.w3.org/1999/xhtml'/>", "<g xmlns='http://www.w3.org/2000/svg'/>"]
    {
        assert!(clean(document.as_bytes()).unwrap_err()[0].message.starts_with("it is no SVG"), "{document}");
    }
}

#[test]
fn what_takes_something_from_elsewhere_is_refused() {
    for body in [
        "<image href='http://a.example/a.png'/>",
        "<image href='/etc/passwd'/>",
        "<image xlink:href='//a.example/a.png'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<image href='DATA:text/html,a'/>",
        "<a href='data:text/html;base64,AAAA'/>",
        "<use href='other.svg#a'/>",
        "<use href='data:image/svg+xml,a#a'/>",
        "<linearGradient href='http://a.example/#a'/>",
        "<feImage href='https://a.example/a.png'/>",
        "<g fill='url(http://a.example/#a)'/>",
        "<g fill='url(&quot;a.svg#a&quot;)'/>",
        "<g fill='u\\72l(a.svg#a)'/>",
        "<g style='fill:red;mask-image:image-set(\"a.png\" 1x)'/>",
        "<g style='width:expression(run())'/>",
        "<g style='-moz-binding:url(http://a.example/#a)'/>",
        "<set attributeName='fill' to='url(http://a.example/#a)'/>",
        "<style>@import 'a.css';</style>",
        "<style>@\\69mport url(a.css);</style>",
        "<style><![CDATA[@import]]> url(http://a.example/a.css);</style>",
        "<style>.a{fill:url(http://a.example/a)}</style>",
        "<style>@font-face{font-family:a;src:url(http://a.example/a.woff)}</style>",
        "<style>@supports (a:b){.a{background:url(a.png)}}</style>",
        "<style>.a{b:url(data:text/css,a)}</style>",
        "<g xml:base='http://a.example/'/>",
        "<video/>",
        "<link/>",
    ] {
        assert!(refused(body).starts_with("it "), "{body}");
    }
    let sheet = format!("<?xml-stylesheet href='http://a.example/a.css'?>{}", drawing(""));
    assert!(clean(sheet.as_bytes()).is_err());
}

#[test]
fn encodings_and_declarations_that_hide_something_are_refused() {
    let why = |bytes: &[u8]| clean(bytes).unwrap_err().remove(0).to_string();
    let wide = |order: fn(u16) -> [u8; 2]| drawing("<script/>").encode_utf16().flat_map(order).collect::<Vec<u8>>();
    for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        assert_eq!(why(&bytes), "it is written in UTF-16 or UTF-32, not in UTF-8");
        assert!(is_drawing(&bytes));
    }
    assert_eq!(
        why(&[b"\xff\xfe".as_slice(), &wide(u16::to_le_bytes)].concat()),
        "it is written in UTF-16 or UTF-32, not in UTF-8"
    );
    assert_eq!(why(b"<svg>\n\xe4</svg>"), "it is not written in UTF-8 (line 2)");
    let says = |encoding: &str, text: &str| format!("<?xml version=\"1.0\" encoding = '{encoding}'?>{}", drawing(text));
    assert!(why(says("Shift_JIS", "<desc>é</desc>").as_bytes()).contains("`Shift_JIS`"));
    assert!(clean(says("UTF-8", "<desc>é</desc>").as_bytes()).is_ok() && clean(says("x", "").as_bytes()).is_ok());
    for subset in
        ["<!ENTITY a 'b'>", "<!entity a 'b'>", "<!ATTLIST svg onload CDATA 'run()'>", "<!ENTITY % a SYSTEM 'b'>"]
    {
        let document = format!("<!DOCTYPE svg [{subset}]>{}", drawing(""));
        assert_eq!(why(document.as_bytes()), "it declares entities or attributes of its own");
    }
    assert!(why(b"<svg><g></svg>").starts_with("it is not a readable SVG: "));
}

#[test]
fn cleaning_again_changes_nothing() {
    for body in ["<g style='fill : red;a:b'/>", "<style>a b{fill:red}\n@media x{c{d:e}}</style>", "<rectt/>"] {
        let once = clean(drawing(body).as_bytes()).unwrap().text;
        assert_eq!(clean(once.as_bytes()).unwrap().text, once, "{body}");
    }
}

mod costly;
