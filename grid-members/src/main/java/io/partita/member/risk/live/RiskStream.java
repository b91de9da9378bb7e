package io.partita.member.risk.live;

import io.partita.member.marketdata.FeedSession;

/** What somebody follows. @param portfolio {@value #ALL} for the breaches of all */
record RiskStream(RiskChannel channel, String portfolio) implements FeedSession.Stream {

    static final String ALL = "*";
}
