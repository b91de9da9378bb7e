package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;

/** What becomes of an anomaly: all but suppressed ones are written under their id. */
public sealed interface AlertDecision extends Serializable {

    Anomaly anomaly();

    /** Something new. */
    record Raised(Anomaly anomaly) implements AlertDecision {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Another opinion about, or another severity of, what was raised before. */
    record Revised(Anomaly anomaly) implements AlertDecision {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** It goes on; nobody needs to hear of it again. */
    record Merged(Anomaly anomaly) implements AlertDecision {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Kept from people, and counted. */
    record Suppressed(Anomaly anomaly, Why why) implements AlertDecision {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Why people do not hear of an anomaly. */
    enum Why {
        /** Somebody asked for silence. */
        SILENCED,
        /** Many instruments have the same at the same time; one alert tells of all. */
        MARKET_WIDE,
        /** A graver alert about the same bar says what it is. */
        EXPLAINED,
        /** The instrument has had its share of alerts. */
        TOO_MANY
    }
}
