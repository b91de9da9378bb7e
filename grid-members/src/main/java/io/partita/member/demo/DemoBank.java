package io.partita.member.demo;

import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The demo bank as it opens: its chart of accounts, its customers and merchants. The same seed gives the same bank.
 * Immutable.
 *
 * @param levels    all accounts, those without a parent first, then their children, and so on
 * @param customers who banks here
 * @param merchants who takes cards
 */
record DemoBank(List<List<Account>> levels, List<Customer> customers, List<Merchant> merchants) {

    static final int CUSTOMERS = 2_000;
    static final int MERCHANTS = 150;

    private static final long FIRST_MERCHANT = 500_001;
    private static final long FIRST_CUSTOMER = 1_000_001;
    private static final long FIRST_SECOND_ACCOUNT = 2_000_001;
    private static final long FIRST_LOAN = 3_000_001;

    /**
     * A customer.
     *
     * @param segment      {@link Own#PRIVATE}, {@link Own#BUSINESS} or {@link Own#STUDENTS}
     * @param overdraft    how far the account may be overdrawn, in minor units
     * @param income       what comes in each month, in minor units
     * @param second       an account in another currency, or 0
     * @param secondTender its currency, or null
     * @param loan         a loan's account, or 0
     */
    record Customer(long account, String name, Tender tender, Own segment, long overdraft, long income, long second,
                    Tender secondTender, long loan) {
    }

    /** A merchant. */
    record Merchant(long account, String name, Tender tender) {
    }

    static DemoBank of(long seed) {
        return new Builder(new SplittableRandom(seed)).build();
    }

    List<Account> accounts() {
        return levels.stream().flatMap(List::stream).toList();
    }

    /** A merchant who takes the customer's currency. */
    Merchant merchantNear(Customer customer, RandomGenerator random) {
        for (int tries = 0; tries < 20; tries++) {
            Merchant merchant = merchants.get(random.nextInt(merchants.size()));
            if (merchant.tender == customer.tender) {
                return merchant;
            }
        }
        // The first merchants take every currency in turn.
        return merchants.get(customer.tender.ordinal());
    }

    private static final class Builder {

        private final RandomGenerator random;
        private final Names names;
        private final List<Account> people = new ArrayList<>();
        private final List<Customer> customers = new ArrayList<>();
        private final List<Merchant> merchants = new ArrayList<>();

        Builder(RandomGenerator random) {
            this.random = random;
            names = new Names(random);
        }

        DemoBank build() {
            List<List<Account>> levels = chart();
            for (int i = 0; i < MERCHANTS; i++) {
                merchant(i);
            }
            for (int i = 0; i < CUSTOMERS; i++) {
                customer(i);
            }
            levels.add(List.copyOf(people));
            return new DemoBank(List.copyOf(levels), List.copyOf(customers), List.copyOf(merchants));
        }

        private static List<List<Account>> chart() {
            List<List<Account>> levels = new ArrayList<>();
            Set<Own> above = new HashSet<>();
            for (List<Own> level = childrenOf(above); !level.isEmpty(); level = childrenOf(above)) {
                List<Account> accounts = new ArrayList<>();
                for (Tender tender : Tender.values()) {
                    level.forEach(own -> accounts.add(account(tender, own)));
                }
                levels.add(List.copyOf(accounts));
                above.addAll(level);
            }
            return levels;
        }

        private static List<Own> childrenOf(Set<Own> above) {
            return List.of(Own.values()).stream().filter(own -> !above.contains(own))
                    .filter(own -> own.parent() == null || above.contains(own.parent())).toList();
        }

        private static Account account(Tender tender, Own own) {
            Account account = Account.of(tender.own(own), own.title() + ' ' + tender, own.type(), tender.currency())
                    .withReference("GL-" + tender.own(own));
            return own.parent() == null ? account : account.withParent(tender.own(own.parent()));
        }

        private void merchant(int i) {
            // Every currency has some merchants, and the euro most.
            Tender tender = i < 40 ? Tender.values()[i % Tender.values().length] : tender();
            Merchant merchant = new Merchant(FIRST_MERCHANT + i, names.shop(), tender);
            merchants.add(merchant);
            people.add(Account.of(merchant.account, merchant.name, AccountType.LIABILITY, tender.currency())
                    .withParent(tender.own(Own.MERCHANTS)).withLimits(Limits.DEBITS_MUST_NOT_EXCEED_CREDITS)
                    .withReference("MER-%05d".formatted(i + 1)).withMetadata(Map.of("demo", "merchant")));
        }

        private void customer(int i) {
            int die = random.nextInt(100);
            Own segment = die < 12 ? Own.BUSINESS : die < 30 ? Own.STUDENTS : Own.PRIVATE;
            Tender tender = tender();
            boolean travels = segment == Own.BUSINESS || random.nextInt(12) == 0;
            boolean borrows = segment == Own.PRIVATE && random.nextInt(9) == 0;
            Tender other = Tender.values()[(tender.ordinal() + 1 + random.nextInt(Tender.values().length - 1)) % Tender.values().length];
            Customer customer = new Customer(FIRST_CUSTOMER + i, segment == Own.BUSINESS ? names.firm() : names.person(), tender,
                    segment, tender.worth(overdraft(segment)) / 1_000 * 1_000, tender.worth(income(segment)),
                    travels ? FIRST_SECOND_ACCOUNT + i : 0, travels ? other : null, borrows ? FIRST_LOAN + i : 0);
            customers.add(customer);
            open(customer, i);
        }

        private Tender tender() {
            int die = random.nextInt(100);
            return die < 60 ? Tender.EUR : die < 72 ? Tender.USD : die < 84 ? Tender.GBP : die < 94 ? Tender.CHF : Tender.JPY;
        }

        /** In euro cents. */
        private long overdraft(Own segment) {
            return switch (segment) {
                case BUSINESS -> 1_000_000L * (1 + random.nextInt(5));
                case STUDENTS -> 0;
                default -> 50_000L * random.nextInt(5);
            };
        }

        /** In euro cents a month. */
        private long income(Own segment) {
            return switch (segment) {
                case BUSINESS -> 2_000_000 + random.nextInt(8_000_000);
                case STUDENTS -> 70_000 + random.nextInt(60_000);
                default -> 180_000 + random.nextInt(400_000);
            };
        }

        private void open(Customer customer, int i) {
            String reference = "CUS-%05d".formatted(i + 1);
            Map<String, String> facts = Map.of("demo", "customer", "segment", customer.segment.name().toLowerCase(java.util.Locale.ROOT));
            people.add(Account.of(customer.account, customer.name, AccountType.LIABILITY, customer.tender.currency())
                    .withParent(customer.tender.own(customer.segment)).withLimits(Limits.overdraft(customer.overdraft))
                    .withReference(reference).withMetadata(facts));
            if (customer.second != 0) {
                people.add(Account.of(customer.second, customer.name + ", " + customer.secondTender, AccountType.LIABILITY,
                        customer.secondTender.currency()).withParent(customer.secondTender.own(customer.segment))
                        .withLimits(Limits.DEBITS_MUST_NOT_EXCEED_CREDITS).withReference(reference + '-' + customer.secondTender)
                        .withMetadata(facts));
            }
            if (customer.loan != 0) {
                people.add(Account.of(customer.loan, customer.name + ", loan", AccountType.ASSET, customer.tender.currency())
                        .withParent(customer.tender.own(Own.LOANS)).withLimits(Limits.CREDITS_MUST_NOT_EXCEED_DEBITS)
                        .withReference(reference + "-LOAN").withMetadata(facts));
            }
        }
    }
}
