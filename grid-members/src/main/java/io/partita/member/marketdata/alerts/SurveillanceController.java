package io.partita.member.marketdata.alerts;

import io.partita.member.rest.Fields;
import io.partita.member.trading.rest.TradingCalls;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Surveillance")
@RestController
@RequestMapping(path = "/api/v1/surveillance/alerts")
final class SurveillanceController {

    private static final int MOST = 1_000;

    private final Alerts alerts;
    private final TradingCalls trading;

    SurveillanceController(Alerts alerts, TradingCalls trading) {
        this.alerts = alerts;
        this.trading = trading;
    }

    @Operation(summary = "What looks like abuse of a market, the latest first", description = "The pipeline surveillance finds it. An alert is a question to people, never a verdict.")
    @GetMapping
    List<AlertJson.Suspicion> alerts(@RequestParam(required = false) String symbol, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        Long instrument = symbol == null ? null : trading.listing(symbol).instrument();
        Map<Long, String> symbols = trading.symbols();
        return alerts.surveillance(instrument, limit).stream()
                .map(alert -> AlertJson.Suspicion.of(alert, number -> symbols.getOrDefault(number, Long.toString(number)))).toList();
    }
}
