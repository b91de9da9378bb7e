package io.partita.member.trading.fix;

import io.partita.member.trading.Listing;
import io.partita.trading.feed.MarketView;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import quickfix.FieldMap;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.MDEntryID;
import quickfix.field.MDEntryPx;
import quickfix.field.MDEntrySize;
import quickfix.field.MDEntryType;
import quickfix.field.MDReqID;
import quickfix.field.MDUpdateAction;
import quickfix.field.NoMDEntries;
import quickfix.field.Symbol;
import quickfix.fix44.MarketDataIncrementalRefresh;
import quickfix.fix44.MarketDataSnapshotFullRefresh;

/**
 * One instrument's market data for one request. A level's id is its side and price.
 *
 * @param types the MDEntryTypes that are wanted
 */
record MarketMessages(String request, Listing listing, String types) {

    /** All that is wanted (W). */
    Message snapshot(MarketView view) {
        MarketDataSnapshotFullRefresh message = new MarketDataSnapshotFullRefresh();
        message.setString(MDReqID.FIELD, request);
        message.setString(Symbol.FIELD, listing.symbol());
        message.setInt(NoMDEntries.FIELD, 0);
        side(message, MDEntryType.BID, view.bids());
        side(message, MDEntryType.OFFER, view.offers());
        if (wants(MDEntryType.TRADE) && view.lastPrice() != 0) {
            Group entry = new MarketDataSnapshotFullRefresh.NoMDEntries();
            entry.setChar(MDEntryType.FIELD, MDEntryType.TRADE);
            entry.setDecimal(MDEntryPx.FIELD, listing.price(view.lastPrice()));
            message.addGroup(entry);
        }
        return message;
    }

    private void side(Message message, char type, long[] levels) {
        for (int i = 0; wants(type) && i < levels.length; i += 2) {
            Group entry = new MarketDataSnapshotFullRefresh.NoMDEntries();
            entry.setChar(MDEntryType.FIELD, type);
            level(entry, levels[i], levels[i + 1]);
            message.addGroup(entry);
        }
    }

    private boolean wants(char type) {
        return types.indexOf(type) >= 0;
    }

    private void level(FieldMap entry, long price, long quantity) {
        entry.setDecimal(MDEntryPx.FIELD, listing.price(price));
        entry.setDecimal(MDEntrySize.FIELD, BigDecimal.valueOf(quantity));
    }

    /** What has changed (X); empty if nothing of what is wanted has. */
    Optional<Message> changes(MarketView before, MarketView after) {
        MarketDataIncrementalRefresh message = new MarketDataIncrementalRefresh();
        message.setString(MDReqID.FIELD, request);
        changes(message, MDEntryType.BID, levels(before.bids()), levels(after.bids()));
        changes(message, MDEntryType.OFFER, levels(before.offers()), levels(after.offers()));
        if (wants(MDEntryType.TRADE) && after.lastPrice() != before.lastPrice()) {
            Group entry = entry(MDUpdateAction.NEW, MDEntryType.TRADE);
            entry.setDecimal(MDEntryPx.FIELD, listing.price(after.lastPrice()));
            message.addGroup(entry);
        }
        return message.getGroupCount(NoMDEntries.FIELD) == 0 ? Optional.empty() : Optional.of(message);
    }

    private void changes(Message message, char type, Map<Long, Long> before, Map<Long, Long> after) {
        if (!wants(type)) {
            return;
        }
        before.forEach((price, quantity) -> {
            if (!after.containsKey(price)) {
                Group entry = entry(MDUpdateAction.DELETE, type);
                entry.setString(MDEntryID.FIELD, type + listing.price(price).toPlainString());
                entry.setDecimal(MDEntryPx.FIELD, listing.price(price));
                message.addGroup(entry);
            }
        });
        after.forEach((price, quantity) -> {
            if (!quantity.equals(before.get(price))) {
                Group entry = entry(before.containsKey(price) ? MDUpdateAction.CHANGE : MDUpdateAction.NEW, type);
                entry.setString(MDEntryID.FIELD, type + listing.price(price).toPlainString());
                level(entry, price, quantity);
                message.addGroup(entry);
            }
        });
    }

    private Group entry(char action, char type) {
        Group entry = new MarketDataIncrementalRefresh.NoMDEntries();
        entry.setChar(MDUpdateAction.FIELD, action);
        entry.setChar(MDEntryType.FIELD, type);
        entry.setString(Symbol.FIELD, listing.symbol());
        return entry;
    }

    private static Map<Long, Long> levels(long[] side) {
        Map<Long, Long> levels = new LinkedHashMap<>();
        for (int i = 0; i < side.length; i += 2) {
            levels.put(side[i], side[i + 1]);
        }
        return levels;
    }
}
