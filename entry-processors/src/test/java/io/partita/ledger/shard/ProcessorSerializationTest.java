package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.map.EntryProcessor;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerSerialization;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.testing.Schemas;
import java.lang.reflect.Modifier;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever travels between members arrives as it was sent; through Hazelcast's own serialization. */
class ProcessorSerializationTest {

    private static final Currency EUR = Currency.of("EUR");

    private final InternalSerializationService service;

    ProcessorSerializationTest() {
        SerializationConfig config = new SerializationConfig();
        LedgerSerialization.register(config);
        service = new DefaultSerializationServiceBuilder().setConfig(config).setSchemaService(new Schemas()).build();
    }

    @AfterEach
    void dispose() {
        service.dispose();
    }

    private <T> T travelled(T value) {
        return service.toObject(service.toData(value));
    }

    /** Fields apart, for types that need no equals of their own. */
    private void assertTravels(Object value) {
        Object arrived = travelled(value);
        assertThat(arrived).isInstanceOf(value.getClass()).usingRecursiveComparison().isEqualTo(value);
        assertThat(service.toBytes(arrived)).isEqualTo(service.toBytes(value));
    }

    @Test
    void every_processor_travels() {
        List<ShardProcessor<?>> processors = List.of(
                Authorize.legs(7, exact(legs(new Random(1), 50)), Long.MAX_VALUE),
                Authorize.accounts(-7, commands()),
                new Settle(List.of(new ShardUpdate(1, 2, 3, null, commands()),
                        new ShardUpdate(Long.MAX_VALUE - 50, Long.MAX_VALUE, 0, exact(legs(new Random(2), 9)), null))),
                new Settle(List.of()),
                new Release(Long.MIN_VALUE),
                new Retire(Integer.MAX_VALUE),
                new Serve(Integer.MAX_VALUE, new UUID(-1, Long.MIN_VALUE), Long.MAX_VALUE),
                new Serve.Yield(),
                new Install(shard()),
                new ReadShard.Status(),
                new ReadShard.Balances(1, 2, Long.MAX_VALUE),
                new ReadShard.Balances(),
                new ReadShard.Dirty(Integer.MAX_VALUE, true, new UUID(1, -1)),
                new ReadShard.Snapshot(),
                new ReadShard.Expired(-1, 17));
        processors.forEach(this::assertTravels);
        assertThat(processors.stream().map(Object::getClass).collect(Collectors.toSet())).as("none is forgotten").isEqualTo(allProcessors());
    }

    private static Set<Class<?>> allProcessors() {
        Stream<Class<?>> nested = Stream.<Class<?>>of(ReadShard.class, Serve.class).flatMap(type -> Arrays.stream(type.getDeclaredClasses()));
        return Stream.concat(Stream.of(Authorize.class, Settle.class, Release.class, Retire.class, Serve.class, Install.class), nested)
                .filter(type -> ShardProcessor.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void processors_and_answers_of_a_tray_travel_together() {
        OnShards<Object> together = new OnShards<>();
        together.add(31, erased(new Settle(List.of(new ShardUpdate(1, 2, 3, exact(legs(new Random(3), 5)), null)))));
        together.add(255, erased(new Release(4)));
        together.add(63, erased(new ReadShard.Status()));
        assertTravels(together);
        ShardTray tray = new ShardTray();
        tray.set(shard());
        assertThat(service.toBytes(travelled(tray))).isEqualTo(service.toBytes(tray));
        assertThat(travelled(tray).get(255).appliedSequence()).isEqualTo(shard().appliedSequence());
        assertThat(travelled(tray).get(31)).isNull();
        OnShards.Answers<Object> answers = travelled(together.process(new SimpleEntry<>(LedgerNames.trayOf(31), tray)));
        assertThat(answers.of(31)).as("not loaded").isEqualTo(-1L);
        assertThat(answers.of(255)).isNull();
        assertThat(((ShardStatus) answers.of(63)).state()).isEqualTo(ShardStatus.State.ABSENT);
        OnShards<Object> backups = (OnShards<Object>) together.getBackupProcessor();
        assertThat(backups.shards()).as("the others concern the owner alone").containsExactly(31);
    }

    @SuppressWarnings("unchecked")
    private static EntryProcessor<Integer, Shard, Object> erased(EntryProcessor<Integer, Shard, ?> processor) {
        return (EntryProcessor<Integer, Shard, Object>) processor;
    }

    @Test
    void the_transfers_of_legs_travel_to_where_they_are_authorized_and_no_further() {
        Legs named = new Legs(2);
        for (int leg = 0; leg < 2; leg++) {
            named.add(TransferKind.POSTED, Side.DEBIT, 7, 1, 0, (short) 978, leg);
            named.transfer(new UUID(1, leg));
        }
        assertTravels(Authorize.legs(1, named, 2));
        Settle settled = travelled(new Settle(List.of(new ShardUpdate(1, 2, 3, named, null))));
        assertThat(settled).usingRecursiveComparison().ignoringFields("updates.legs.transfer").isEqualTo(new Settle(List.of(new ShardUpdate(1, 2, 3, named, null))));
        assertThat(service.toBytes(settled)).hasSameSizeAs(service.toBytes(new Settle(List.of(new ShardUpdate(1, 2, 3, named, null)))));
    }

    @Test
    void legs_of_every_kind_travel_with_and_without_pending_transfers() {
        for (int count = 0; count < 40; count++) {
            assertTravels(Authorize.legs(1, exact(legs(new Random(count), count)), count));
            assertThat(service.toBytes(Authorize.legs(1, Entry.legs(legs(new Random(count), count)), count))).as("whatever the capacity")
                    .isEqualTo(service.toBytes(Authorize.legs(1, exact(legs(new Random(count), count)), count)));
            List<Entry.Leg> posted = legs(new Random(count), count).stream().filter(leg -> leg.pending() == null).toList();
            assertTravels(Authorize.legs(1, exact(posted), count));
        }
    }

    @Test
    void answers_travel() {
        assertTravels(Authorization.notServing());
        assertTravels(Authorization.of(3, null));
        List<Refusal> every = new ArrayList<>(List.of(Refusal.values()));
        every.add(1, null);
        Authorization authorization = Authorization.of(Integer.MAX_VALUE, every.toArray(Refusal[]::new));
        assertTravels(authorization);
        for (int i = 0; i < every.size(); i++) {
            assertThat(travelled(authorization).refusal(i)).isEqualTo(every.get(i));
        }
        assertTravels(ShardStatus.absent());
        Shard shard = shard();
        shard.authorize(42, new Legs(0), 0);
        assertTravels(ShardStatus.of(shard, ShardStatus.State.SERVING));
        assertThat(travelled(ShardStatus.of(shard, ShardStatus.State.IDLE)).holders()).containsExactly(42);
        assertTravels(new ReadShard.BalanceList(Arrays.asList(shard.balance(1), null, shard.balance(2)), 7, 8, true));
        assertThat(travelled(shard.expired(Long.MAX_VALUE, 9).toArray(UUID[]::new))).hasSize(1);
    }

    @Test
    void a_shard_travels_without_its_reservations_and_without_its_server() {
        Shard shard = shard();
        shard.serve(9, new UUID(0, 3));
        shard.authorize(5, Entry.legs(List.of(posted(Side.DEBIT, 1, 10))), 0);
        shard.apply(Entry.update(99, 99, 0, List.of(posted(Side.DEBIT, 1, 10))));
        for (Shard arrived : List.of(travelled(shard), Shard.decode(shard.encoded()))) {
            assertThat(arrived.number()).isEqualTo(shard.number());
            assertThat(arrived.appliedSequence()).isEqualTo(shard.appliedSequence());
            assertThat(arrived.appliedPosition()).isEqualTo(shard.appliedPosition());
            assertThat(arrived.pendings()).isEqualTo(shard.pendings());
            assertThat(balances(arrived)).isEqualTo(balances(shard));
            assertThat(arrived.takeDirty(99)).as("whoever gets it tells everybody").hasSize(3);
            assertThat(arrived.quiet()).isTrue();
            assertThat(arrived.hasGap()).isFalse();
            assertThat(arrived.epoch()).isZero();
            assertThat(arrived.servedBy(new UUID(0, 3))).isFalse();
        }
    }

    @Test
    void balances_keep_their_extremes_and_share_their_currency() {
        for (Balance balance : List.of(
                new Balance(Long.MAX_VALUE, EUR, AccountType.EXPENSE, AccountStatus.CLOSED, Long.MAX_VALUE, Shard.MAX_SUM, Shard.MAX_SUM, 0, 0,
                        Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                new Balance(1, Currency.of("XBT"), AccountType.ASSET, AccountStatus.FROZEN, 0, 0, 0, Shard.MAX_SUM, Shard.MAX_SUM, 0, 0, 0))) {
            assertThat(travelled(balance)).isEqualTo(balance);
            assertThat(travelled(balance).currency()).isSameAs(balance.currency());
        }
    }

    private static List<Balance> balances(Shard shard) {
        List<Balance> balances = new ArrayList<>();
        shard.forEachBalance(balances::add);
        return balances;
    }

    private static Shard shard() {
        Shard shard = new Shard(255);
        List<AccountCommand> openings = Stream.of(1L, 2L, Long.MAX_VALUE)
                .map(id -> (AccountCommand) AccountCommand.open(Account.of(id, "n", AccountType.ASSET, EUR).withParent(id == 2 ? 1 : 0))).toList();
        shard.apply(new ShardUpdate(1, 4, 0, null, openings));
        shard.apply(Entry.update(4, 8, 0, List.of(posted(Side.DEBIT, 1, Shard.MAX_SUM / 8), posted(Side.CREDIT, 2, 1),
                new Entry.Leg(TransferKind.PENDING, Side.DEBIT, 2, 55, 0, EUR, 2, new UUID(4, 5), 77))));
        return shard;
    }

    private static Entry.Leg posted(Side side, long account, long amount) {
        return new Entry.Leg(TransferKind.POSTED, side, account, amount, 0, EUR, 1, null, 0);
    }

    private static Legs exact(List<Entry.Leg> run) {
        return Entry.legs(run, run.size());
    }

    private static List<Entry.Leg> legs(Random random, int count) {
        return Stream.generate(() -> {
            TransferKind kind = TransferKind.values()[random.nextInt(TransferKind.values().length)];
            boolean pending = kind == TransferKind.PENDING || kind.resolvesPending();
            return new Entry.Leg(kind, Side.values()[random.nextInt(2)], random.nextLong(), random.nextLong(), random.nextLong(),
                    Currency.of(random.nextBoolean() ? "JPY" : "ZWG"), random.nextInt(), pending ? new UUID(random.nextLong(), random.nextLong()) : null,
                    random.nextLong());
        }).limit(count).toList();
    }

    private static List<AccountCommand> commands() {
        Account largest = new Account(Long.MAX_VALUE, "ü€😀".repeat(35), AccountType.EXPENSE, Currency.of("KWD"), Long.MAX_VALUE - 1,
                new Limits(0, Long.MAX_VALUE - 1), AccountStatus.CLOSED, "\u0000r".repeat(32),
                Stream.iterate(0, i -> i + 1).limit(Account.MAX_METADATA).collect(Collectors.toMap(i -> "key" + i, i -> "välue".repeat(i))));
        return List.of(AccountCommand.open(Account.of(1, "", AccountType.ASSET, EUR)),
                new AccountCommand.Open(new UUID(0, 0), largest),
                AccountCommand.open(Account.of(2, "n", AccountType.INCOME, EUR).withMetadata(Map.of("a", ""))),
                new AccountCommand.ChangeLimits(new UUID(1, 2), 3, new Limits(Long.MAX_VALUE, 0)),
                new AccountCommand.ChangeStatus(new UUID(-1, -2), 4, AccountStatus.FROZEN));
    }
}
