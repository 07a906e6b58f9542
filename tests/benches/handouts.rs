//! How long it takes to print a two-page handout and a patient's sheet for 1,000 readers on one thread, and where the time goes.
//!
//! `cargo bench -p regimen-tests --features bench --bench handouts` runs it. The renderer is warm: what readers share was
//! shaped, subset and drawn before.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

mod handout;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use handout::{Handout, readers};
use regimen_pdf::{Layout, Renderer, Style};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const READERS: usize = 1000;

fn whole(c: &mut Criterion) {
    let mut group = c.benchmark_group("handouts");
    group.throughput(Throughput::Elements(READERS as u64)).sample_size(10);
    for (name, handout) in [("printed", Handout::read()), ("sheets", Handout::sheet())] {
        let media = handout.media();
        let documents: Vec<_> = readers(READERS).map(|reader| handout.document_for(&reader)).collect();
        let (renderer, style) = (Renderer::new(), Style::default());
        let get = |file: &str| media.get(file).cloned();
        let print = |document| renderer.render_in(handout.layout(), document, &style, &get).bytes.len();
        group.bench_function(name, |b| b.iter(|| documents.iter().map(print).sum::<usize>()));
    }
    group.finish();
}

/// The stages of one handout.
fn stages(c: &mut Criterion) {
    let handout = Handout::read();
    let media = handout.media();
    let document = handout.document_for("Ada Keller");
    let (renderer, style) = (Renderer::new(), Style::default());
    let get = |file: &str| media.get(file).cloned();
    let layout = &Layout::HANDOUT;
    let laid_out = renderer.lay_out(layout, &document, &style, &get);
    let mut group = c.benchmark_group("stages");
    group.bench_function("lay out", |b| b.iter(|| renderer.lay_out(layout, &document, &style, &get)));
    group.bench_function("paint", |b| b.iter(|| renderer.paint(&laid_out)));
    group.bench_function("finish", |b| {
        b.iter_batched(
            || renderer.paint(&laid_out),
            |painted| renderer.finish(&document, &laid_out, painted),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, whole, stages);
criterion_main!(benches);
