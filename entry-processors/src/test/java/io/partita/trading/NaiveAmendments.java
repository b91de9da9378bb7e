package io.partita.trading;

import io.partita.trading.NaiveOrder.Place;

/** The part of the twin that changes or makes more than one thing at once, or nothing: replace, quote and cross. */
final class NaiveAmendments {

    private final NaiveBook book;

    NaiveAmendments(NaiveBook book) {
        this.book = book;
    }

    Reason replace() {
        NaiveOrder order = book.find(book.command.orderId());
        Reason reason = book.admission.replace(book.command, order);
        if (reason != Reason.NONE) {
            return reason;
        }
        NaiveOrder changed = order.copy();
        if (book.command.price() != 0) {
            if (order.type == OrderType.PEGGED) {
                changed.cap = book.command.price();
            } else {
                changed.price = book.command.price();
            }
        }
        changed.leaves = book.command.quantity() == 0 ? order.leaves : book.command.quantity() - order.filled;
        changed.display = book.command.display() == 0 ? order.display : book.command.display();
        changed.stop = book.command.stopPrice() == 0 ? order.stop : book.command.stopPrice();
        changed.offset = book.command.offset() == 0 ? order.offset : book.command.offset();
        boolean onlySmaller = changed.price == order.price && changed.cap == order.cap && changed.display == order.display
                && changed.stop == order.stop && changed.offset == order.offset && changed.leaves <= order.leaves;
        if (onlySmaller) {
            NaiveBook.shrink(order, changed.leaves);
            book.report(order, ExecType.REPLACED);
            return Reason.NONE;
        }
        if (order.postOnly && book.wouldTake(changed)) {
            return Reason.POST_ONLY_WOULD_TAKE;
        }
        book.live.remove(order);
        book.live.add(changed);
        changed.place = Place.NOWHERE;
        changed.shown = 0;
        if (changed.type == OrderType.PEGGED) {
            changed.price = 0;
        }
        book.report(changed, ExecType.REPLACED);
        book.place(changed);
        return Reason.NONE;
    }

    Reason quote() {
        Reason reason = book.admission.quote(book.command);
        if (reason != Reason.NONE) {
            return reason;
        }
        NaiveOrder bid = withdraw(book.command.orderId(), book.command.price(), book.command.quantity());
        NaiveOrder offer = withdraw(book.command.contraOrderId(), book.command.contraPrice(), book.command.contraQuantity());
        show(bid, Side.BUY, book.command.orderId(), book.command.price(), book.command.quantity());
        show(offer, Side.SELL, book.command.contraOrderId(), book.command.contraPrice(), book.command.contraQuantity());
        return Reason.NONE;
    }

    private NaiveOrder withdraw(long id, long price, long quantity) {
        NaiveOrder order = book.find(id);
        if (order != null && quantity == 0) {
            book.end(order, ExecType.CANCELED, Reason.REQUESTED);
            return null;
        }
        if (order != null && (price != order.price || quantity > order.leaves)) {
            order.place = Place.NOWHERE;
            order.shown = 0;
        }
        return order;
    }

    private void show(NaiveOrder order, Side side, long id, long price, long quantity) {
        if (quantity == 0) {
            return;
        }
        if (order == null) {
            NaiveOrder fresh = NaiveOrder.of(book.command);
            fresh.id = id;
            fresh.side = side;
            fresh.price = price;
            fresh.leaves = quantity;
            book.report(fresh, ExecType.NEW);
            book.place(fresh);
        } else if (order.place != Place.NOWHERE) {
            NaiveBook.shrink(order, quantity);
            book.report(order, ExecType.REPLACED);
        } else {
            order.price = price;
            order.leaves = quantity;
            book.report(order, ExecType.REPLACED);
            book.place(order);
        }
    }

    Reason cross() {
        Reason reason = book.admission.cross(book.command);
        if (reason != Reason.NONE) {
            return reason;
        }
        NaiveOrder buyer = NaiveOrder.of(book.command);
        NaiveOrder seller = NaiveOrder.of(book.command);
        seller.id = book.command.contraOrderId();
        seller.account = book.command.contraAccount();
        seller.participant = book.command.contraParticipant();
        seller.side = Side.SELL;
        book.report(buyer, ExecType.NEW);
        book.report(seller, ExecType.NEW);
        book.trade(buyer, seller, book.command.price(), book.command.quantity(), Liquidity.CROSS, Liquidity.CROSS);
        return Reason.NONE;
    }
}
