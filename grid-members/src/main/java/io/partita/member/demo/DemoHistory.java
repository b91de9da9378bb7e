package io.partita.member.demo;

import io.partita.ledger.Transfer;
import io.partita.member.demo.DemoBank.Customer;
import io.partita.member.demo.DemoBank.Merchant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The demo bank's first two months, in rounds. The transfers of one round do not depend on each other, and depend on
 * those of earlier rounds. The same seed gives the same transfers; only their value dates follow from the given day.
 * Used by one thread.
 */
final class DemoHistory {

    static final int DAYS = 60;

    private static final int CARDS_A_DAY = 95;
    private static final int MONTH = 30;

    /** What happens on a day, one round after the other. */
    private enum Part {
        INCOME, SPENDING, EVENING
    }

    private record Reversible(UUID id, long account, long minor) {
    }

    private final DemoBank bank;
    private final RandomGenerator random;
    private final Teller teller;
    private final LocalDate firstDay;
    private final List<Transfer> pending = new ArrayList<>();
    private final List<Reversible> fees = new ArrayList<>();
    private int day = -1;
    private Part part = Part.EVENING;
    private LocalDate date;

    /** The history that ends on the day before the given one. */
    DemoHistory(DemoBank bank, long seed, LocalDate today) {
        this.bank = bank;
        random = new SplittableRandom(seed).split();
        teller = new Teller(new DemoIds(seed, 1));
        firstDay = today.minusDays(DAYS);
        date = firstDay;
        bank.merchants().forEach(merchant -> teller.know(merchant.account(), 0));
        for (Customer customer : bank.customers()) {
            teller.know(customer.account(), customer.overdraft());
            if (customer.second() != 0) {
                teller.know(customer.second(), 0);
            }
        }
    }

    /** Days done. */
    int day() {
        return Math.max(0, day);
    }

    /** The next round, or nothing when the last was given. */
    List<List<Transfer>> next() {
        if (day < 0) {
            day = 0;
            capital();
            deposits();
        } else if (day < DAYS) {
            part = Part.values()[(part.ordinal() + 1) % Part.values().length];
            date = firstDay.plusDays(day);
            switch (part) {
                case INCOME -> income();
                case SPENDING -> spending();
                case EVENING -> {
                    evening();
                    day++;
                }
            }
        }
        return teller.endRound();
    }

    private void capital() {
        for (Tender tender : Tender.values()) {
            long capital = tender.worth(50_000_000_00L);
            teller.write(tender.own(Own.CASH), tender.own(Own.CAPITAL), capital / 10, tender, Purpose.OPENING, "cash", date);
            teller.write(tender.own(Own.NOSTRO_CLEARING), tender.own(Own.CAPITAL), capital, tender, Purpose.OPENING, "nostro", date);
            teller.write(tender.own(Own.NOSTRO_CARDS), tender.own(Own.CAPITAL), capital / 5, tender, Purpose.OPENING, "nostro", date);
        }
    }

    private void deposits() {
        for (Customer customer : bank.customers()) {
            long months = 1 + random.nextInt(4);
            teller.pay(customer.tender().own(Own.NOSTRO_CLEARING), customer.account(), customer.income() * months / 2,
                    customer.tender(), Purpose.OPENING, "", date);
            if (customer.loan() != 0) {
                teller.pay(customer.loan(), customer.account(), customer.income() * (3 + random.nextInt(20)), customer.tender(),
                        Purpose.LOAN, customer.name(), date);
            }
        }
    }

    /** Everybody is paid on a day of their own in the month. */
    private void income() {
        for (Customer customer : bank.customers()) {
            if (payday(customer) == day % MONTH) {
                Purpose purpose = switch (customer.segment()) {
                    case STUDENTS -> Purpose.GRANT;
                    case BUSINESS -> Purpose.PAYMENT;
                    default -> Purpose.SALARY;
                };
                teller.pay(customer.tender().own(Own.NOSTRO_CLEARING), customer.account(), customer.income(), customer.tender(),
                        purpose, purpose == Purpose.PAYMENT ? customer.name() : "", date);
            }
        }
    }

    private static int payday(Customer customer) {
        return customer.segment() == Own.PRIVATE ? 24 + (int) (customer.account() % 4) : (int) (customer.account() % MONTH);
    }

    private void spending() {
        standingOrders();
        for (int i = 0; i < CARDS_A_DAY; i++) {
            card();
        }
        for (int i = 0; i < 12; i++) {
            Customer customer = customer();
            if (customer.second() != 0) {
                teller.exchange(customer, customer.income() / (20 + random.nextInt(60)), date);
            }
            withdrawal(customer());
            between(customer(), customer());
        }
        for (int i = 0; i < 3; i++) {
            tooMuch(customer());
        }
    }

    private void standingOrders() {
        for (Customer customer : bank.customers()) {
            int turn = (int) (customer.account() % 7);
            if (customer.segment() != Own.BUSINESS && day % MONTH == 1 + turn % 3) {
                teller.pay(customer.account(), customer.tender().own(Own.NOSTRO_CLEARING), customer.income() * 3 / 10,
                        customer.tender(), Purpose.RENT, "", date.plusDays(1));
            }
            if (customer.loan() != 0 && day % MONTH == 5) {
                teller.pay(customer.account(), customer.loan(), customer.income() / 10, customer.tender(), Purpose.INSTALMENT,
                        customer.name(), date);
                teller.pay(customer.account(), customer.tender().own(Own.INTEREST), customer.income() / 50, customer.tender(),
                        Purpose.INTEREST, customer.name(), date);
            }
            if (customer.segment() != Own.STUDENTS && day % MONTH == 20 + turn) {
                fee(customer);
            }
        }
    }

    private void fee(Customer customer) {
        long fee = customer.tender().worth(customer.segment() == Own.BUSINESS ? 12_90 : 3_90);
        UUID id = teller.pay(customer.account(), customer.tender().own(Own.FEES), fee, customer.tender(), Purpose.FEE, "", date);
        if (id != null && random.nextInt(25) == 0) {
            fees.add(new Reversible(id, customer.account(), fee));
        }
    }

    /** With a card: half of them set the money aside first, and the merchant collects it in the evening. */
    private void card() {
        Customer customer = customer();
        Merchant merchant = bank.merchantNear(customer, random);
        long minor = customer.tender().worth(2_00 + random.nextInt(random.nextInt(8) == 0 ? 250_00 : 60_00));
        if (random.nextBoolean()) {
            teller.pay(customer.account(), merchant.account(), minor, customer.tender(), Purpose.CARD, merchant.name(), date);
        } else {
            Transfer transfer = teller.authorize(customer.account(), merchant.account(), minor, customer.tender(), Purpose.CARD,
                    merchant.name(), date, date.plusDays(DAYS + 30L).atStartOfDay().toInstant(ZoneOffset.UTC));
            if (transfer != null) {
                pending.add(transfer);
            }
        }
    }

    private void withdrawal(Customer customer) {
        teller.pay(customer.account(), customer.tender().own(Own.CASH), customer.tender().worth(20_00L * (1 + random.nextInt(10))),
                customer.tender(), Purpose.CASH, "", date);
    }

    private void between(Customer payer, Customer payee) {
        if (payer.account() != payee.account() && payer.tender() == payee.tender()) {
            teller.pay(payer.account(), payee.account(), payer.tender().worth(5_00 + random.nextInt(200_00)), payer.tender(),
                    Purpose.PAYMENT, payee.name(), date);
        }
    }

    /** More than they will ever have: refused however often it is tried. */
    private void tooMuch(Customer customer) {
        Merchant merchant = bank.merchantNear(customer, random);
        teller.write(customer.account(), merchant.account(), customer.tender().worth(90_000_000_00L), customer.tender(), Purpose.CARD,
                merchant.name(), date);
    }

    private void evening() {
        for (Transfer transfer : pending) {
            long minor = transfer.amount().minor();
            switch (random.nextInt(20)) {
                case 0 -> teller.release(transfer);
                case 1, 2 -> teller.post(transfer, Math.max(1, minor * 7 / 10));
                default -> teller.post(transfer, minor);
            }
        }
        pending.clear();
        fees.forEach(fee -> teller.reverse(fee.id, fee.account, fee.minor, Purpose.FEE_REFUND, ""));
        fees.clear();
        if (day % 7 == 6) {
            bank.merchants().forEach(this::settle);
        }
    }

    /** Once a week the merchants' takings go to their banks, less the card fee. */
    private void settle(Merchant merchant) {
        long takings = teller.available(merchant.account());
        long fee = takings / 80;
        if (fee > 0) {
            teller.pay(merchant.account(), merchant.tender().own(Own.FEES), fee, merchant.tender(), Purpose.SETTLEMENT, "fee", date);
            teller.pay(merchant.account(), merchant.tender().own(Own.NOSTRO_CARDS), takings - fee, merchant.tender(),
                    Purpose.SETTLEMENT, merchant.name(), date);
        }
    }

    private Customer customer() {
        return bank.customers().get(random.nextInt(bank.customers().size()));
    }
}
