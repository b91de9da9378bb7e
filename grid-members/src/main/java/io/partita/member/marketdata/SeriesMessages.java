package io.partita.member.marketdata;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.member.marketdata.alerts.AlertJson;
import io.partita.member.streams.SeriesController.BarAnswer;
import io.partita.member.streams.SeriesController.IndicatorAnswer;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The messages of {@code /ws/market-data} about what pipelines make, in the words of REST; docs/streams.md describes them. Thread-safe. */
final class SeriesMessages {

    private final JsonMapper json;
    private final TradingService trading;

    SeriesMessages(JsonMapper json, TradingService trading) {
        this.json = json;
        this.trading = trading;
    }

    record Subscribed(String type, String symbol, List<Channel> channels, String size) {
    }

    record Gap(String type, String symbol, Channel channel, String size) {
    }

    record Part(Channel type, Boolean snapshot, String symbol, String size, List<BarAnswer> bars, List<IndicatorAnswer> rows, List<AlertJson.Alert> alerts) {
    }

    String subscribed(String type, String symbol, List<Channel> channels, String size) {
        return json.writeValueAsString(new Subscribed(type, symbol, channels, size));
    }

    String gap(SeriesTopic topic) {
        return json.writeValueAsString(new Gap("GAP", topic.symbol(), topic.channel(), size(topic)));
    }

    /** @param snapshot true if it does not follow on what was said before */
    String part(SeriesTopic topic, boolean snapshot, List<?> values) {
        return json.writeValueAsString(switch (topic.channel()) {
            case BARS -> new Part(topic.channel(), snapshot ? true : null, topic.symbol(), size(topic), values.stream().map(each -> bar((TradeBar) each)).toList(), null, null);
            case INDICATORS -> new Part(topic.channel(), snapshot ? true : null, topic.symbol(), size(topic), null,
                    values.stream().map(each -> IndicatorAnswer.of((IndicatorRow) each, topic.names())).toList(), null);
            default -> new Part(topic.channel(), snapshot ? true : null, topic.symbol(), size(topic), null, null, values.stream().map(each -> alert((AnomalyAlert) each)).toList());
        });
    }

    private BarAnswer bar(TradeBar bar) {
        return BarAnswer.of(trading.byNumber().get(bar.instrument()), bar);
    }

    private AlertJson.Alert alert(AnomalyAlert alert) {
        Map<Long, Listing> listings = trading.byNumber();
        return AlertJson.Alert.of(alert, number -> listings.containsKey(number) ? listings.get(number).symbol() : Long.toString(number), null);
    }

    private static String size(SeriesTopic topic) {
        return topic.size() == null ? null : topic.size().toString();
    }
}
