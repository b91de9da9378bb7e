package io.partita.member.streams;

import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,32}(/[A-Za-z0-9._-]{1,16})?");

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
        String source = required("source", request.source());
        if (!SOURCE.matcher(source).matches() || source.equals(BookFeed.SOURCE) || source.startsWith(BookFeed.SOURCE + "/")) {
            throw RequestProblem.field("source", "is a name of letters, digits and ._- (up to 32), perhaps with /line (up to 16); "
                    + BookFeed.SOURCE + " is taken by the books of the grid");
        }
        List<JsonNode> ticks = required("ticks", request.ticks());
        if (ticks.isEmpty() || ticks.size() > TickIntake.MOST) {
            throw RequestProblem.field("ticks", "are 1 to " + TickIntake.MOST);
        }
        return intake.take(source, ticks);
    }
}
