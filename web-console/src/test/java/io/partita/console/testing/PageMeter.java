package io.partita.console.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How smoothly a page runs and what it holds, as its browser tells. Costs the page the same memory however long it measures. */
public final class PageMeter {

    /** Gaps are counted by whole milliseconds. What changes within one frame is seen as one change. */
    private static final String BEGIN = """
            () => {
                window.meter?.stop();
                const meter = window.meter = { gaps: new Array(2001).fill(0), frames: 0, changed: 0, changes: 0, long: 0, longMillis: 0, longest: 0, began: performance.now() };
                let last = meter.began, dirty = false;
                const watch = new MutationObserver(records => { dirty = true; meter.changes += records.length; });
                const what = { childList: true, subtree: true, characterData: true, attributes: true };
                watch.observe(document.body, what);
                document.querySelectorAll('*').forEach(each => { if (each.shadowRoot) { watch.observe(each.shadowRoot, what); } });
                const tasks = new PerformanceObserver(list => list.getEntries().forEach(each => {
                    meter.long++;
                    meter.longMillis += each.duration;
                    meter.longest = Math.max(meter.longest, each.duration);
                }));
                tasks.observe({ type: 'longtask' });
                meter.stop = () => { watch.disconnect(); tasks.disconnect(); };
                const tick = now => {
                    meter.gaps[Math.min(2000, Math.max(0, Math.round(now - last)))]++;
                    meter.frames++;
                    if (dirty) { meter.changed++; dirty = false; }
                    last = now;
                    if (window.meter === meter) { requestAnimationFrame(tick); }
                };
                requestAnimationFrame(tick);
            }""";
    private static final String READ = """
            () => {
                const of = share => { let left = meter.frames * share; return meter.gaps.findIndex(count => (left -= count) <= 0); };
                const seconds = (performance.now() - meter.began) / 1000;
                return { seconds, frames: meter.frames / seconds, p95: of(0.95), p99: of(0.99), longest: meter.gaps.findLastIndex(count => count > 0), changed: meter.changed / seconds,
                    changes: meter.changes / seconds, long: meter.long, longMillis: meter.longMillis, longestTask: meter.longest };
            }""";

    private final Page page;
    private final CDPSession browser;

    /**
     * @param frames      a second
     * @param p95         milliseconds between two frames, of all but one in twenty
     * @param changed     frames a second in which the page was another than before
     * @param changes     of single elements, a second
     * @param longTasks   that took more than 50 ms
     */
    public record Smoothness(double seconds, double frames, int p95, int p99, int longest, double changed, double changes, int longTasks, double longTaskMillis, double longestTask) {
    }

    /** After a collection of all garbage. @param heap bytes of what scripts hold */
    public record Held(long heap, int nodes, int listeners) {
    }

    public PageMeter(Page page) {
        this.page = page;
        browser = page.context().newCDPSession(page);
        browser.send("Performance.enable");
        browser.send("HeapProfiler.enable");
    }

    /** Begins to measure, anew if it has done so. */
    public void begin() {
        page.evaluate(BEGIN);
    }

    /** Of all the time since it began. */
    public Smoothness smoothness() {
        Map<String, Double> read = ((Map<?, ?>) page.evaluate(READ)).entrySet().stream().collect(Collectors.toMap(each -> (String) each.getKey(), each -> ((Number) each.getValue()).doubleValue()));
        return new Smoothness(read.get("seconds"), read.get("frames"), read.get("p95").intValue(), read.get("p99").intValue(), read.get("longest").intValue(), read.get("changed"),
                read.get("changes"), read.get("long").intValue(), read.get("longMillis"), read.get("longestTask"));
    }

    public Held held() {
        // What the first one frees may hold on to more, in finalizers and in the other heap of the two.
        browser.send("HeapProfiler.collectGarbage");
        browser.send("HeapProfiler.collectGarbage");
        JsonObject told = browser.send("Performance.getMetrics");
        Map<String, Double> metrics = StreamSupport.stream(told.getAsJsonArray("metrics").spliterator(), false).map(JsonElement::getAsJsonObject)
                .collect(Collectors.toMap(each -> each.get("name").getAsString(), each -> each.get("value").getAsDouble()));
        return new Held(metrics.get("JSHeapUsedSize").longValue(), metrics.get("Nodes").intValue(), metrics.get("JSEventListeners").intValue());
    }
}
