package io.partita.pipelines.marketdata.surveillance;

import java.io.Serializable;

/** Who stands behind an account. */
@FunctionalInterface
public interface Owners extends Serializable {

    /** Each account is its own. */
    Owners ACCOUNTS = account -> account;

    long owner(long account);
}
