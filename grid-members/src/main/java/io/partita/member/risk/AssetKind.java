package io.partita.member.risk;

import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;

/** Kinds of products, as scenarios and shares of exposure name them. */
enum AssetKind {
    CASH, EQUITY, CURRENCY_PAIR, BOND, FUTURE, OPTION, FX_FORWARD;

    static AssetKind of(Product product) {
        return switch (product) {
            case Cash _ -> CASH;
            case Equity _ -> EQUITY;
            case CurrencyPair _ -> CURRENCY_PAIR;
            case FixedCouponBond _ -> BOND;
            case Future _ -> FUTURE;
            case VanillaOption _ -> OPTION;
            case FxForward _ -> FX_FORWARD;
        };
    }
}
