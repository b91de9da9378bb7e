package io.partita.member.tracing;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.partita.tracing.Tracing;
import java.util.Collection;

/** Traces that go to a collector. What is not sampled is not told, and not carried either. Thread-safe. */
final class OpenTelemetryTracing implements Tracing {

    private static final String SAMPLED = "-01";
    private static final int LENGTH = 3 + TraceId.getLength() + 1 + SpanId.getLength() + SAMPLED.length();

    private final Tracer tracer;

    OpenTelemetryTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public String current() {
        return place(io.opentelemetry.api.trace.Span.current().getSpanContext());
    }

    @Override
    public Span begin(String name, String parent, Collection<String> links) {
        SpanContext of = context(parent);
        return of.isValid() ? new Recorded(started(name, of, links), null) : Span.NONE;
    }

    @Override
    public Span open(String name, String parent, Collection<String> links) {
        SpanContext of = context(parent);
        if (!of.isValid()) {
            return Span.NONE;
        }
        io.opentelemetry.api.trace.Span span = started(name, of, links);
        return new Recorded(span, span.makeCurrent());
    }

    private io.opentelemetry.api.trace.Span started(String name, SpanContext parent, Collection<String> links) {
        SpanBuilder builder = tracer.spanBuilder(name).setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent)));
        links.forEach(link -> builder.addLink(context(link)));
        return builder.startSpan();
    }

    private static String place(SpanContext context) {
        return context.isValid() && context.isSampled() ? "00-" + context.getTraceId() + '-' + context.getSpanId() + SAMPLED : null;
    }

    /** Of a place; invalid if it is none, which may come from another member's version. */
    private static SpanContext context(String place) {
        if (place == null || place.length() != LENGTH || !place.endsWith(SAMPLED)) {
            return SpanContext.getInvalid();
        }
        int span = 3 + TraceId.getLength() + 1;
        return SpanContext.createFromRemoteParent(place.substring(3, span - 1), place.substring(span, span + SpanId.getLength()), TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    /** @param scope where it is the thread's place; null if it may end on another thread */
    private record Recorded(io.opentelemetry.api.trace.Span span, Scope scope) implements Span {

        @Override
        public String place() {
            return OpenTelemetryTracing.place(span.getSpanContext());
        }

        @Override
        public Span tag(String name, Object value) {
            if (value instanceof Number number) {
                span.setAttribute(name, number.longValue());
            } else {
                span.setAttribute(name, String.valueOf(value));
            }
            return this;
        }

        @Override
        public void close() {
            if (scope != null) {
                scope.close();
            }
            span.end();
        }
    }
}
