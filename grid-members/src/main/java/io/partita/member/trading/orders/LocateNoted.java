package io.partita.member.trading.orders;

/** What came of telling an account that units were located. */
public enum LocateNoted {
    /** It knows, since now or before. */
    YES,
    /** It knows another one with that id. */
    ID_REUSED,
    /** It has too many that have not expired. */
    TOO_MANY
}
