package io.partita.member.marketdata.alerts;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feedback;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.bars.BarSize;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Anomalies")
@RestController
@RequestMapping(path = "/api/v1/marketdata/anomalies")
final class AnomalyController {

    private static final int MOST = 1_000;

    private final Alerts alerts;
    private final TradingCalls trading;
    private final InstantSource clock = InstantSource.system();

    AnomalyController(Alerts alerts, TradingCalls trading) {
        this.alerts = alerts;
        this.trading = trading;
    }

    private LongFunction<String> symbols() {
        Map<Long, String> symbols = trading.symbols();
        return instrument -> symbols.getOrDefault(instrument, Long.toString(instrument));
    }

    @Operation(summary = "What was unusual in bars, the latest first", description = "The pipeline anomalies finds it, and says later if it knows better. What is suppressed is not told.")
    @GetMapping
    List<AlertJson.Alert> anomalies(@RequestParam(required = false) String symbol, @RequestParam(required = false) String size,
                                    @RequestParam(defaultValue = "WARNING") Severity severity, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        Long instrument = symbol == null ? null : trading.listing(symbol).instrument();
        BarSize bars = size == null ? null : BarSize.parse(size).orElseThrow(() -> RequestProblem.parameter("size", "is 1m, 5m, 1h or 1d"));
        LongFunction<String> symbols = symbols();
        return alerts.anomalies(instrument, bars, severity, limit).stream().map(alert -> AlertJson.Alert.of(alert, symbols, null)).toList();
    }

    @Operation(summary = "One anomaly", description = "With what somebody has said of it.")
    @GetMapping("/{id}")
    AlertJson.Alert anomaly(@PathVariable String id) {
        return AlertJson.Alert.of(known(id), symbols(), alerts.feedback(id).map(Feedback::real).orElse(null));
    }

    @Operation(summary = "When it was like that before", description = "The windows of history most like the one that ends with the alert, of which it was known then what "
            + "followed, the most alike first.")
    @GetMapping("/{id}/similar")
    List<AlertJson.Episode> similar(@PathVariable String id) {
        LongFunction<String> symbols = symbols();
        return known(id).similar().stream().map(episode -> AlertJson.Episode.of(episode, symbols)).toList();
    }

    private AnomalyAlert known(String id) {
        return alerts.anomaly(id).orElseThrow(() -> RequestProblem.of(RequestCode.ALERT_NOT_FOUND, id));
    }

    @Operation(summary = "Say whether it was worth the look", description = """
            The instrument's threshold for the kind goes up by 8% for a false alert and down by 2% for a true one, between a half and four times the usual. \
            The same again changes nothing; 409 for another opinion on the same alert.""")
    @PostMapping(path = "/{id}/feedback", consumes = MediaType.APPLICATION_JSON_VALUE)
    AlertJson.Tuned feedback(@PathVariable String id, @RequestBody AlertJson.Opinion opinion, Principal caller) {
        AnomalyAlert alert = known(id);
        Instant now = clock.instant();
        Feedback feedback = Feedback.of(alert, Fields.required("real", opinion.real()), Fields.nanos("now", now));
        String reason = opinion.reason() == null ? null : Fields.text("reason", opinion.reason());
        if (!alerts.judge(feedback, Caller.actor(caller, opinion.actor()), reason)) {
            throw RequestProblem.of(RequestCode.ALERT_JUDGED, id);
        }
        AnomalyKind kind = feedback.kind();
        return new AlertJson.Tuned(id, feedback.real(), feedback.instrument() == 0 ? null : symbols().apply(feedback.instrument()), feedback.size().toString(), kind,
                alerts.thresholds(feedback.size(), feedback.instrument()).of(kind), kind.unit());
    }

    @Operation(summary = "Times in which nobody wants to hear of some kinds")
    @GetMapping("/silences")
    List<AlertJson.Quiet> silences() {
        LongFunction<String> symbols = symbols();
        return alerts.silences().entrySet().stream().map(each -> quiet(each.getKey(), each.getValue(), symbols)).toList();
    }

    private static AlertJson.Quiet quiet(long number, Silence silence, LongFunction<String> symbols) {
        return new AlertJson.Quiet(Long.toString(number), silence.instrument() == 0 ? null : symbols.apply(silence.instrument()), silence.kinds(),
                AlertJson.instant(silence.from()), AlertJson.instant(silence.until()), silence.reason(), null);
    }

    @Operation(summary = "Ask for silence", description = "As for a split, or while a feed is migrated. What is silenced is counted, and not told.")
    @PostMapping(path = "/silences", consumes = MediaType.APPLICATION_JSON_VALUE)
    AlertJson.Quiet silence(@RequestBody AlertJson.Quiet request, Principal caller) {
        if (alerts.silences().size() >= Alerts.MOST_SILENCES) {
            throw RequestProblem.of(RequestCode.TOO_MANY_SILENCES, "");
        }
        Set<AnomalyKind> kinds = request.kinds() == null || request.kinds().isEmpty() ? EnumSet.allOf(AnomalyKind.class) : request.kinds();
        long from = Fields.nanos("from", request.from());
        long until = Fields.nanos("until", request.until());
        if (until <= from) {
            throw RequestProblem.field("until", "is after from");
        }
        Silence silence = new Silence(request.symbol() == null ? 0 : trading.listing(request.symbol()).instrument(), kinds, from, until,
                Fields.text("reason", request.reason()));
        return quiet(alerts.silence(silence, Caller.actor(caller, request.actor())), silence, symbols());
    }

    @Operation(summary = "End a silence")
    @DeleteMapping("/silences/{silence}")
    List<AlertJson.Quiet> endSilence(@PathVariable long silence) {
        if (!alerts.endSilence(silence)) {
            throw RequestProblem.of(RequestCode.NOT_FOUND, "No silence has the number " + silence + ".");
        }
        return silences();
    }
}
