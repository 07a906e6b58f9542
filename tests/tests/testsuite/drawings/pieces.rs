//! Pieces of drawings: such as are fine, such as want something, and such as are left out.

/// A drawing with this body.
pub(super) fn of_body(body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 100 100\">{body}</svg>"
    )
}

/// What comes through as it is meant.
pub(super) const FINE: [&str; 14] = [
    "<path d='M0 0h99v99z' fill='#1f6f78' stroke='rgb(1 2 3 / 50%)'/>",
    "<defs><linearGradient id='a'><stop offset='0' stop-color='red'/></linearGradient></defs><rect width='9' height='9' fill='url(#a)'/>",
    "<pattern id='b' width='8' height='8'><circle r='2'/></pattern><rect width='50' height='50' style='fill:url(\"#b\") red'/>",
    "<clipPath id='c'><path d='M0 0h9v9z'/></clipPath><g clip-path='url(#c)' opacity='.5'><ellipse rx='5' ry='9'/></g>",
    "<marker id='d' orient='auto'><path d='M0 0L4 2z'/></marker><path d='M9 9h9' marker-end='url(#d)'/>",
    "<symbol id='e'><path d='M0 0h9v9z'/></symbol><use xlink:href='#e' x='5'/>",
    "<text x='5' y='9' xml:space='preserve'>Rise  <tspan font-weight='bold'>slowly</tspan> &lt;3 &amp; on</text>",
    "<style>.f{fill:red}@media print{.f>path:first-child{fill:blue}}</style><g class='f'><path d='M0 0h9v9z'/></g>",
    "<style><![CDATA[ #g , g[id='h'] { stroke : none ; font : bold 12px 'Source Sans 3' } ]]></style>",
    "<a href='https://example.org/?a=b&amp;c=d' xlink:title='t'><path d='M0 0h9v9z'/></a>",
    "<filter id='i'><feGaussianBlur stdDeviation='2'/></filter><path d='M0 0h9v9z' filter='url(#i)'/>",
    "<path d='M0 0h9v9z'><animate attributeName='fill' values='red;url(#a);blue' dur='1s' repeatCount='2'/></path>",
    "<mask id='j'><rect width='9' height='9' fill='#fff'/></mask><g mask='url(#j)' style='mix-blend-mode:multiply'/>",
    "<title>A &gt; B</title><desc>C</desc><switch><g systemLanguage='en'/></switch>",
];

/// What is left out in part, or is odd and harmless.
pub(super) const DRAWINGS: [&str; 14] = [
    "<a href='page.html' ping='http://a.example/' target='_top' xlink:actuate='onLoad' xlink:show='new'><path d='M0 0'/></a>",
    "<metadata><r:RDF xmlns:r='urn:r' r:about='http://a.example/'/></metadata><i:grid xmlns:i='urn:i' onload='run()'/>",
    "<rectangle width='9'/><unknown href='#a'/><view id='v'/><font><glyph/></font>",
    "<image href='data:image/gif;base64,R0lGODdh' width='9' height='9'/><image width='9'/>",
    "<style>a:not(.b){fill:red}@supports (a:b){c{d:e}}@charset 'x';@layer a;b:is(c){d:e}</style>",
    "<style>.k{behaviour:x;fill:foo(1);font-family:'a}b{fill:red';content:'&lt;/style>&lt;img src=x>'}</style>",
    "<g style='font-family:\"a\\22 ;fill:red\";fill:u\\72l(#a);stroke:url/**/(#b);--x:url(#a)'/>",
    "<g fill='progid:x' stroke='url(#a) none' data-href='javascript:run()' unknown='javascript:run()'/>",
    "<set attributeName='x' begin='l.click' to='9'/><animate attributeName='unknown' to='9'/>",
    "<title>&lt;img src=x onerror=run()&gt;</title><desc>&lt;/svg&gt;&lt;script&gt;run()&lt;/script&gt;</desc>",
    "<text>]]&gt;&lt;![CDATA[ &#13; &#x85; --&gt; {{ x }}</text>",
    "<!-- <script>run()</script> --><?run script?>",
    "<s:g xmlns:s='http://www.w3.org/2000/svg' s:fill='red'><g xmlns=''/></s:g>",
    "<style type='text/javascript'>run()</style><style>&lt;!-- .l{fill:red} --></style>",
];

/// What refuses a drawing.
pub(super) const HOSTILE: [&str; 24] = [
    "<script>fetch('/ran')</script>",
    "<g onload ='fetch(\"/ran\")'/>",
    "<g\nonload\n=\n'alert(1)'/>",
    "<set attributeName='x' onbegin='alert(1)'/>",
    "<a href='java&#115;cript:alert(1)'><path d='M0 0h99v99z'/></a>",
    "<a xlink:href=' &#9;jav&#10;ascript:alert(1)'/>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='/>",
    "<a><animate attributeName='href' values='javascript:alert(1)'/></a>",
    "<x:iframe xmlns:x='http://www.w3.org/1999/xhtml' src='http://a.example/'/>",
    "<img xmlns='http://www.w3.org/1999/xhtml' src='http://a.example/' onerror='alert(1)'/>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
    "<image href='http://a.example/a.png' width='9' height='9'/>",
    "<image xlink:href='&#x2f;/a.example/a.png' width='9' height='9'/>",
    "<image href='data:image/svg+xml,&lt;svg/>' width='9' height='9'/>",
    "<use href='http://a.example/a.svg#a'/>",
    "<feImage href='http://a.example/a.png'/>",
    "<style>@import url(http://a.example/a.css);</style>",
    "<style>@\\69mport 'http://a.example/a.css';</style>",
    "<style>g{fill:\\75 rl(http://a.example/#a);background:image-set('a.png' 1x)}</style>",
    "<style>@font-face{font-family:a;src:url(http://a.example/a.woff)}</style>",
    "<path d='M0 0' fill='url(&quot;http://a.example/a.svg#a&quot;)'/>",
    "<path d='M0 0' style='mask:url(http://a.example/a.svg#a)'/>",
    "<set attributeName='fill' to='url(http://a.example/a.svg#a)'/>",
    "<g xml:base='http://a.example/'><use href='#a'/></g>",
];

/// Whole drawings that are refused.
pub(super) fn hostile_documents() -> Vec<Vec<u8>> {
    let mut documents: Vec<Vec<u8>> = HOSTILE.iter().map(|body| of_body(body).into_bytes()).collect();
    let script = of_body("<script>alert(1)</script>");
    documents.extend([
        script.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        script.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        [b"\xff\xfe".to_vec(), script.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        format!("<?xml-stylesheet href='http://a.example/a.css'?>{}", of_body("")).into_bytes(),
        format!("<!DOCTYPE svg [<!ENTITY a 'javascript:alert(1)'>]>{}", of_body("<a href='&a;'/>")).into_bytes(),
        format!("<!DOCTYPE svg [<!ATTLIST g onload CDATA 'alert(1)'>]>{}", of_body("<g/>")).into_bytes(),
        format!("<?xml version='1.0' encoding='UTF-7'?>{}", of_body("<desc>é</desc>")).into_bytes(),
        b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>".to_vec(),
        of_body(&format!(
            "<style>x g g g g g g path/*}}*/{{fill:red}}</style>{}{}",
            "<g>".repeat(80),
            "</g>".repeat(80)
        ))
        .into_bytes(),
        of_body("<image href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA//8AAP//CAAAAAA='/>").into_bytes(),
    ]);
    documents
}
