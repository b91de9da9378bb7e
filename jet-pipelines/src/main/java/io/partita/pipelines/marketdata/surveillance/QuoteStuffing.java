package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.Evidence;
import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.ExecType;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Quote stuffing: more orders entered, changed and cancelled in a second than anybody needs, nearly none of which trade. */
final class QuoteStuffing implements Pattern {

    @Serial
    private static final long serialVersionUID = 1;

    private static final double TRADED = 0.02;
    private static final double CANCELLED = 0.4;

    private final SurveillanceLimits limits;
    private final Map<Long, Flood> floods = new HashMap<>();

    QuoteStuffing(SurveillanceLimits limits) {
        this.limits = limits;
    }

    private record Message(long sequence, long time, long order, ExecType what, long price, long quantity) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    private static final class Flood implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private final Deque<Message> second = new ArrayDeque<>();
        private int traded;
        private int cancelled;
        private long began;
        private long last = Long.MIN_VALUE / 2;
        private int times;

        private void count(ExecType what, int by) {
            traded += what == ExecType.TRADE ? by : 0;
            cancelled += what == ExecType.CANCELED ? by : 0;
        }
    }

    @Override
    public void look(Event event, Consumer<SurveillanceAlert> found) {
        ExecType what = event.report().execType();
        if (what != ExecType.NEW && what != ExecType.CANCELED && what != ExecType.REPLACED && what != ExecType.TRADE) {
            return;
        }
        Flood flood = floods.computeIfAbsent(event.owner(), _ -> new Flood());
        while (!flood.second.isEmpty() && event.time() - flood.second.peekFirst().time >= SurveillanceLimits.SECOND) {
            flood.count(flood.second.removeFirst().what, -1);
        }
        flood.second.addLast(new Message(event.report().sequence(), event.time(), event.report().orderId(), what, event.report().price(),
                event.report().quantity()));
        flood.count(what, 1);
        int size = flood.second.size();
        boolean many = size >= limits.stuffing() && flood.traded <= TRADED * size && flood.cancelled >= CANCELLED * size;
        // Once a second is enough to say so.
        if (many && event.time() - flood.last >= SurveillanceLimits.SECOND) {
            boolean goesOn = event.time() - flood.last <= limits.memory();
            flood.began = goesOn ? flood.began : flood.second.getFirst().time;
            flood.times = goesOn ? flood.times + 1 : 1;
            flood.last = event.time();
            found.accept(alert(event, flood));
        }
    }

    @Override
    public void forget(long before) {
        floods.values().removeIf(flood -> flood.second.peekLast().time < before && flood.last < before);
    }

    private SurveillanceAlert alert(Event event, Flood flood) {
        int size = flood.second.size();
        List<Evidence> evidence = flood.second.stream().skip(Math.max(0, size - Evidence.MOST))
                .map(message -> new Evidence(message.sequence, message.time, message.order, message.what.name(), message.price, message.quantity)).toList();
        return new SurveillanceAlert(event.instrument(), Practice.QUOTE_STUFFING, event.owner(), flood.began, event.time(),
                (double) size / limits.stuffing(), flood.times, evidence, String.format(Locale.ROOT,
                        "%d messages in a second, %d of them cancellations and %d trades.", size, flood.cancelled, flood.traded));
    }
}
