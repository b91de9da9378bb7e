package io.partita.member.streams;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@Tag(name = "Ticks")
@RestController
@RequestMapping(path = "/api/v1/marketdata")
final class TickController {

    private final TickIntake intake;

    TickController(TickIntake intake) {
        this.intake = intake;
    }

    /** Ticks of one source. */
    @Schema(name = "NewTicks")
    record NewTicks(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "feed, or feed/line if several lines carry the same numbered ticks",
            example = "reuters/a") String source,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = """
                            up to 10,000 trades {symbol, time, price, quantity, taker} and quotes {symbol, time, bid, bidQuantity, ask, askQuantity}, each with the
                            source's sequence if it has one: dense, from 1 on, for each instrument""") List<JsonNode> ticks) {
    }

    @Operation(summary = "Push ticks into the stream", description = """
            Records that can be read are taken, on the backups before this answers; the others are told with their code and kept as dead letters. 429 when readers are
            too far behind: nothing was taken then. Sent again, ticks with numbers count once.""")
    @PostMapping(path = "/ticks", consumes = MediaType.APPLICATION_JSON_VALUE)
    TickIntake.Taken push(@RequestBody NewTicks request) {
        return intake.push(request.source(), request.ticks());
    }
}
