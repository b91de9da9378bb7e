package io.partita.trading.risk;

/** What was located, and how many units of it are in use: for what is owed, or would be if all open sales were filled. */
public record LocateView(Locate locate, long used) {
}
