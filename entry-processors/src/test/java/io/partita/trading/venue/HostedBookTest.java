package io.partita.trading.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Instrument;
import io.partita.trading.OrderFlow;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.settlement.Deal;
import io.partita.trading.venue.HostedBook.Applied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostedBookTest {

    private static final UUID OWNER = new UUID(1, 1);
    private static final UUID NEXT = new UUID(1, 2);

    /** An owner, its backup, and the journal that is written from what the owner did. */
    private static final class Scene {
        private final HostedBook owner;
        private HostedBook backup;
        private final List<Piece> journal = new ArrayList<>();

        Scene(Instrument instrument) {
            owner = new HostedBook(instrument);
            backup = new HostedBook(instrument);
            owner.serve(1, OWNER, 0, owner.book().hash());
        }

        /** Carries commands out as one piece; the backup follows. */
        List<Applied> trade(List<Command> commands) {
            List<Applied> applied = new ArrayList<>();
            owner.begin();
            commands.forEach(command -> applied.add(owner.apply(command)));
            Piece piece = owner.end((int) applied.stream().filter(one -> one.kind() == Applied.Kind.NOW).count());
            if (piece != null) {
                journal.add(piece);
                backup.follow(piece, 0);
            }
            return applied;
        }

        HostedBook recovered() {
            HostedBook book = new HostedBook(owner.book().instrument());
            journal.forEach(book::recover);
            return book;
        }
    }

    private static Command limit(long id, Side side, long price, long quantity) {
        return new Command().limit(0, id % 2 + 1, side, price, quantity).id(id).at(id);
    }

    private static Scene open() {
        Scene scene = new Scene(Instrument.simple(7));
        scene.trade(List.of(new Command().phase(TradingPhase.PRE_OPEN, 0).id(1), new Command().phase(TradingPhase.CONTINUOUS, 0).id(2)));
        return scene;
    }

    @Test
    void the_backup_and_the_journal_lead_to_the_same_book_through_any_flow() {
        for (long seed = 1; seed <= 40; seed++) {
            Scene scene = new Scene(OrderFlow.instrument(seed));
            Random random = new Random(seed);
            OrderFlow flow = new OrderFlow(OrderFlow.instrument(seed));
            for (int piece = 0; piece < 40; piece++) {
                List<Command> commands = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    commands.add(copy(flow.next(random.nextLong(), scene.owner.book(), live(scene.owner))));
                }
                scene.trade(commands);
                if (random.nextInt(10) == 0) {
                    // As a migration does.
                    scene.backup = HostedBook.decode(scene.backup.encode());
                }
                if (random.nextInt(4) == 0) {
                    scene.owner.trim(scene.journal.get(random.nextInt(scene.journal.size())).last());
                }
            }
            assertThat(scene.backup.book().hash()).as("seed %s", seed).isEqualTo(scene.owner.book().hash());
            assertThat(scene.backup.sequence()).isEqualTo(scene.owner.sequence());
            assertThat(scene.backup.reported()).isEqualTo(scene.owner.reported());
            assertThat(scene.recovered().book().hash()).as("seed %s", seed).isEqualTo(scene.owner.book().hash());
            assertThat(HostedBook.decode(scene.owner.encode()).encode()).isEqualTo(scene.owner.encode());
        }
    }

    @Test
    void a_state_that_is_taken_while_commands_wait_for_the_journal_is_the_book_that_the_journal_leads_to() {
        for (long seed = 1; seed <= 10; seed++) {
            Scene scene = new Scene(OrderFlow.instrument(seed));
            Random random = new Random(seed);
            OrderFlow flow = new OrderFlow(OrderFlow.instrument(seed));
            for (int command = 0; command < 100; command++) {
                scene.trade(List.of(copy(flow.next(random.nextLong(), scene.owner.book(), live(scene.owner)))));
            }
            assertThat(scene.owner.tailLength()).isPositive();
            BookImage image = scene.owner.imageAsJournaled();
            HostedBook expected = HostedBook.decode(scene.recovered().encode());
            // Bytes are made of it while the book goes on.
            scene.trade(List.of(copy(flow.next(random.nextLong(), scene.owner.book(), live(scene.owner)))));
            HostedBook kept = HostedBook.decode(image.encode());
            assertThat(image.sequence()).isEqualTo(kept.sequence()).isEqualTo(scene.owner.sequence() - 1);
            assertThat(kept.encode()).as("seed %s", seed).isEqualTo(expected.encode());
            assertThat(kept.serve(2, OWNER, kept.sequence(), expected.book().hash())).isTrue();
            assertThat(kept.tailLength()).isZero();
        }
    }

    @Test
    void a_piece_has_the_trades_that_its_commands_led_to_wherever_it_is() {
        int deals = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Scene scene = new Scene(OrderFlow.instrument(seed));
            Random random = new Random(seed);
            OrderFlow flow = new OrderFlow(OrderFlow.instrument(seed));
            List<Deal> told = new ArrayList<>();
            for (int piece = 0; piece < 30; piece++) {
                List<Command> commands = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    commands.add(copy(flow.next(random.nextLong(), scene.owner.book(), live(scene.owner))));
                }
                long before = scene.owner.reported();
                scene.trade(commands);
                told.addAll(paired(scene.owner.reports(before + 1, (int) (scene.owner.reported() - before))));
            }
            for (HostedBook book : List.of(scene.owner, scene.backup, HostedBook.decode(scene.owner.encode()))) {
                assertThat(book.tail().stream().flatMap(piece -> Deal.decodeAll(piece.deals()).stream())).as("seed %s", seed)
                        .containsExactlyElementsOf(told);
            }
            deals += told.size();
        }
        assertThat(deals).as("trades in all").isGreaterThan(400);
    }

    /** The plainest way to make trades of reports. */
    private static List<Deal> paired(byte[] reports) {
        Map<Long, List<Execution>> byTrade = new TreeMap<>();
        java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(reports);
        while (in.hasRemaining()) {
            Execution report = Execution.decode(in);
            if (report.execType() == ExecType.TRADE) {
                byTrade.computeIfAbsent(report.tradeId(), key -> new ArrayList<>()).add(report);
            }
        }
        List<Deal> deals = new ArrayList<>();
        byTrade.forEach((number, both) -> {
            Execution buyer = both.stream().filter(one -> one.side() == Side.BUY).findFirst().orElseThrow();
            Execution seller = both.stream().filter(one -> one.side() == Side.SELL).findFirst().orElseThrow();
            assertThat(both).hasSize(2);
            deals.add(new Deal(number, buyer.time(), buyer.lastPrice(), seller.lastQuantity(), party(buyer), party(seller)));
        });
        return deals;
    }

    private static Deal.Party party(Execution report) {
        return new Deal.Party(report.account(), report.participant(), report.orderId(), report.liquidity(), report.fee());
    }

    private static Command copy(Command command) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(Command.MAX_BYTES);
        command.encode(bytes);
        return new Command().decode(bytes.flip());
    }

    private static List<Long> live(HostedBook book) {
        List<Long> live = new ArrayList<>();
        book.book().orders((id, account, side, price, leaves, shown, filled, stop, rank) -> live.add(id));
        return live;
    }

    @Test
    void a_repeat_changes_nothing_and_gets_the_first_reports_wherever_it_comes() {
        Scene scene = open();
        Applied first = scene.trade(List.of(limit(2, Side.BUY, 100, 5))).getFirst();
        long hash = scene.owner.book().hash();
        Applied again = scene.trade(List.of(limit(2, Side.BUY, 100, 5).at(99))).getFirst();
        assertThat(again).isEqualTo(new Applied(Applied.Kind.BEFORE, first.firstReport(), first.reports()));
        assertThat(scene.owner.book().hash()).isEqualTo(hash);
        for (HostedBook other : List.of(scene.backup, scene.recovered(), HostedBook.decode(scene.owner.encode()))) {
            assertThat(other.apply(limit(2, Side.BUY, 100, 5).at(100))).isEqualTo(again);
            assertThat(other.reports(again.firstReport(), again.reports()))
                    .isEqualTo(scene.owner.reports(first.firstReport(), first.reports())).isNotEmpty();
        }
    }

    @Test
    void a_repeat_of_what_its_account_knows_and_the_book_has_forgotten_is_not_carried_out_again() {
        Scene scene = open();
        scene.trade(List.of(limit(2, Side.BUY, 100, 5)));
        assertThat(scene.trade(List.of(limit(2, Side.BUY, 100, 5).again())).getFirst().kind()).isEqualTo(Applied.Kind.BEFORE);
        for (int batch = 0; batch < 16; batch++) {
            int first = 10 + batch * 4_096;
            scene.trade(IntStream.range(first, first + 4_096).mapToObj(id -> new Command().tick().id(id).at(3)).toList());
        }
        long sequence = scene.owner.sequence();
        assertThat(scene.trade(List.of(limit(2, Side.BUY, 100, 5).again())).getFirst().kind()).isEqualTo(Applied.Kind.FORGOTTEN);
        assertThat(scene.owner.sequence()).isEqualTo(sequence);
        assertThat(live(scene.owner)).hasSize(1);
    }

    @Test
    void an_id_with_other_content_is_refused_and_another_account_may_use_it() {
        Scene scene = open();
        scene.trade(List.of(limit(2, Side.BUY, 100, 5)));
        assertThat(scene.trade(List.of(limit(2, Side.BUY, 101, 5))).getFirst().kind()).isEqualTo(Applied.Kind.ID_REUSED);
        Command ofAnother = new Command().limit(0, 9, Side.BUY, 101, 5).id(2).at(3);
        assertThat(scene.trade(List.of(ofAnother)).getFirst().kind()).isEqualTo(Applied.Kind.NOW);
        assertThat(scene.owner.book().size()).isEqualTo(2);
    }

    @Test
    void new_orders_get_numbers_that_no_order_ever_had() {
        Scene scene = open();
        scene.trade(List.of(limit(2, Side.BUY, 100, 5), limit(3, Side.SELL, 100, 5), limit(4, Side.BUY, 90, 1)));
        assertThat(live(scene.owner)).containsExactly(3L);
        scene.trade(List.of(new Command().quote(77, 78, 3, 95, 5, 105, 5).id(5).at(5)));
        assertThat(live(scene.owner)).as("ids of a client's own choice are not taken").containsExactlyInAnyOrder(3L, 4L, 5L);
        assertThat(scene.recovered().apply(limit(6, Side.BUY, 80, 1)).kind()).isEqualTo(Applied.Kind.NOW);
    }

    @Test
    void a_quote_takes_the_place_of_live_orders_and_brings_no_other_back_to_life() {
        Scene scene = open();
        scene.trade(List.of(limit(2, Side.BUY, 90, 5), limit(3, Side.BUY, 91, 5)));
        scene.trade(List.of(new Command().cancel(1, 1).id(4).at(4)));
        scene.trade(List.of(new Command().quote(1, 0, 3, 95, 5, 105, 5).id(5).at(5)));
        assertThat(live(scene.owner)).as("order 1 was another account's").containsExactlyInAnyOrder(2L, 3L, 4L);
        scene.trade(List.of(new Command().quote(3, 4, 3, 96, 5, 104, 5).id(6).at(6)));
        assertThat(live(scene.owner)).containsExactlyInAnyOrder(2L, 3L, 4L);
        scene.trade(List.of(new Command().limit(0, 9, Side.SELL, 96, 5).id(7).at(7)));
        scene.trade(List.of(new Command().quote(3, 4, 3, 97, 5, 104, 5).id(8).at(8)));
        assertThat(live(scene.owner)).as("3 was filled, 5 filled it").containsExactlyInAnyOrder(2L, 4L, 6L);
        assertThat(scene.recovered().book().hash()).isEqualTo(scene.owner.book().hash());
    }

    @Test
    void a_backup_that_missed_something_does_not_serve() {
        Scene scene = open();
        Piece missed = scene.journal.getFirst();
        HostedBook late = new HostedBook(Instrument.simple(7));
        scene.trade(List.of(limit(2, Side.BUY, 100, 5)));
        late.follow(scene.journal.get(1), 0);
        assertThat(late.serve(2, NEXT, missed.last(), missed.hash())).isFalse();
        assertThat(late.serve(2, NEXT, 0, new HostedBook(Instrument.simple(7)).book().hash())).isFalse();
    }

    @Test
    void who_takes_over_serves_if_the_journal_has_what_it_has_been_through_and_hands_the_rest_over() {
        Scene scene = open();
        scene.trade(List.of(limit(2, Side.BUY, 100, 5)));
        scene.trade(List.of(limit(3, Side.SELL, 101, 5)));
        Piece second = scene.journal.get(1);
        HostedBook promoted = scene.backup;
        assertThat(promoted.serve(2, NEXT, second.last(), second.hash() + 1)).as("another history").isFalse();
        assertThat(promoted.serve(2, NEXT, 99, second.hash())).as("behind the journal").isFalse();
        assertThat(promoted.serve(2, NEXT, second.last(), second.hash())).isTrue();
        assertThat(promoted.servedBy(NEXT)).isTrue();
        assertThat(promoted.tail()).containsExactly(scene.journal.get(2));
        assertThat(promoted.journaled()).isEqualTo(second.last());
    }

    @Test
    void a_journal_with_a_hole_or_a_changed_command_is_noticed() {
        Scene scene = open();
        scene.trade(List.of(limit(2, Side.BUY, 100, 5)));
        HostedBook holed = new HostedBook(Instrument.simple(7));
        assertThatThrownBy(() -> holed.recover(scene.journal.get(1))).isInstanceOf(IllegalArgumentException.class);
        Piece first = scene.journal.getFirst();
        assertThatThrownBy(() -> new HostedBook(Instrument.simple(7)).recover(new Piece(first.first(), first.count(), first.commands(), first.hash() ^ 1)))
                .isInstanceOf(IllegalStateException.class);
    }
}
