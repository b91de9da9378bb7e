package io.partita.member.drill.desk;

import io.partita.member.drill.DrillOptions;
import io.partita.member.drill.DrillOptions.Transport;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * How a drill is to be run; whatever is left out is as usual.
 *
 * @param id of the run, by which a request that is repeated is recognised
 */
@Schema(name = "NewDrill")
record DrillRequest(@Schema(description = "of your choice: the same again answers with the same run") UUID id,
                    @Schema(description = "namespaces (as root, on Linux, with iproute2) or loopback; the first that this machine can, unless said", example = "loopback") String transport,
                    @Schema(description = "2 to 5", example = "3") Integer members,
                    @Schema(description = "of load, 5 to 300", example = "20") Integer seconds,
                    @Schema(description = "calls a second of each client, 1 to 1000", example = "40") Integer rate,
                    @Schema(description = "decides what is broken, and when", example = "7") Long seed) {

    private static final int FEWEST_MEMBERS = 2;
    private static final int MOST_MEMBERS = 5;
    private static final int FEWEST_SECONDS = 5;
    private static final int MOST_SECONDS = 300;
    private static final int MOST_RATE = 1_000;
    private static final int USUAL_SECONDS = 30;
    private static final int USUAL_RATE = 40;

    int orMembers() {
        return within("members", members, DrillOptions.MEMBERS, FEWEST_MEMBERS, MOST_MEMBERS);
    }

    int orSeconds() {
        return within("seconds", seconds, USUAL_SECONDS, FEWEST_SECONDS, MOST_SECONDS);
    }

    int orRate() {
        return within("rate", rate, USUAL_RATE, 1, MOST_RATE);
    }

    private static int within(String name, Integer value, int usual, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw RequestProblem.field(name, "is " + least + " to " + most);
        }
        return value == null ? usual : value;
    }

    /** Null if nothing was said. */
    Transport wanted() {
        if (transport == null) {
            return null;
        }
        for (Transport each : Transport.values()) {
            if (each.toString().equals(transport)) {
                return each;
            }
        }
        throw RequestProblem.field("transport", "is namespaces or loopback");
    }
}
