package io.partita.member.demo;

import io.partita.ledger.Transfer;
import io.partita.member.demo.DemoBank.Customer;
import io.partita.member.demo.DemoBank.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Everyday business: about twenty transfers a second, fewer at night and more at noon, with a burst every few minutes.
 * Money goes round: who has little gets paid, who has much spends. Everything follows from the seeded generator and the
 * instants that are passed in. Used by one thread.
 */
final class DemoStream {

    static final double TRANSFERS_A_SECOND = 20;

    private static final Duration BURST = Duration.ofSeconds(8);
    private static final Duration HELD_AT_MOST = Duration.ofMinutes(10);
    /** After a pause, such as a suspended machine, what was missed is not made up for. */
    private static final Duration LONGEST_TICK = Duration.ofSeconds(2);

    private record Held(Instant due, Transfer transfer) {
    }

    private final DemoBank bank;
    private final RandomGenerator random;
    private final Teller teller;
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparing(Held::due));
    private Instant last;
    private Instant burstUntil;
    private double owed;

    DemoStream(DemoBank bank, RandomGenerator random, Teller teller, Instant start) {
        this.bank = bank;
        this.random = random;
        this.teller = teller;
        last = start;
        burstUntil = start;
    }

    /** What is asked for between the last call and this one. */
    List<List<Transfer>> until(Instant now) {
        Duration passed = Duration.between(last, now);
        last = now;
        if (passed.compareTo(LONGEST_TICK) > 0) {
            passed = LONGEST_TICK;
        }
        if (!now.isBefore(burstUntil) && random.nextDouble() < passed.toMillis() / 240_000.0) {
            burstUntil = now.plus(BURST);
        }
        owed += rate(now) * Math.max(0, passed.toNanos()) / 1e9;
        collect(now);
        for (; owed >= 1; owed--) {
            one(now);
        }
        return teller.endRound();
    }

    /** Transfers a second at a moment. */
    double rate(Instant now) {
        double hours = LocalTime.ofInstant(now, ZoneOffset.UTC).toSecondOfDay() / 3600.0;
        // From half of it at one in the night to one and a half at one in the afternoon.
        double daily = 1 - 0.5 * Math.cos((hours - 1) * Math.PI / 12);
        return TRANSFERS_A_SECOND * daily * (now.isBefore(burstUntil) ? 5 : 1);
    }

    /** Merchants collect what was set aside for them. */
    private void collect(Instant now) {
        while (!held.isEmpty() && !held.peek().due.isAfter(now)) {
            Transfer transfer = held.poll().transfer;
            long minor = transfer.amount().minor();
            switch (random.nextInt(25)) {
                case 0 -> teller.release(transfer);
                case 1 -> teller.post(transfer, Math.max(1, minor * 3 / 4));
                case 2 -> { // Never collected: it expires.
                }
                default -> teller.post(transfer, minor);
            }
            owed--;
        }
    }

    private void one(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Customer customer = bank.customers().get(random.nextInt(bank.customers().size()));
        long funds = teller.available(customer.account()) - customer.overdraft();
        int die = random.nextInt(100);
        if (funds < customer.income() / 4) {
            teller.pay(customer.tender().own(Own.NOSTRO_CLEARING), customer.account(), customer.income(), customer.tender(),
                    customer.segment() == Own.STUDENTS ? Purpose.GRANT : Purpose.SALARY, "", today);
        } else if (funds > customer.income() * 6) {
            teller.pay(customer.account(), customer.tender().own(Own.NOSTRO_CLEARING), funds / 2, customer.tender(),
                    Purpose.PAYMENT, "own account elsewhere", today);
        } else if (die < 62) {
            card(customer, now, today);
        } else if (die < 74) {
            between(customer, bank.customers().get(random.nextInt(bank.customers().size())), today);
        } else if (die < 82) {
            teller.pay(customer.account(), customer.tender().own(Own.CASH), customer.tender().worth(20_00L * (1 + random.nextInt(8))),
                    customer.tender(), Purpose.CASH, "", today);
        } else if (die < 88) {
            teller.pay(customer.account(), customer.tender().own(Own.FEES), customer.tender().worth(1_50), customer.tender(),
                    Purpose.FEE, "", today);
        } else if (die < 95) {
            exchange(customer, today);
        } else {
            settle(bank.merchants().get(random.nextInt(bank.merchants().size())), today);
        }
    }

    private void card(Customer customer, Instant now, LocalDate today) {
        Merchant merchant = bank.merchantNear(customer, random);
        long minor = customer.tender().worth(2_00 + random.nextInt(random.nextInt(8) == 0 ? 250_00 : 60_00));
        if (random.nextInt(400) == 0) {
            // More than there is: one of the few that are refused.
            teller.write(customer.account(), merchant.account(), customer.tender().worth(90_000_000_00L), customer.tender(),
                    Purpose.CARD, merchant.name(), today);
        } else if (random.nextInt(3) == 0) {
            Transfer transfer = teller.authorize(customer.account(), merchant.account(), minor, customer.tender(), Purpose.CARD,
                    merchant.name(), today, now.plus(HELD_AT_MOST));
            if (transfer != null) {
                held.add(new Held(now.plusMillis(3_000 + random.nextInt(25_000)), transfer));
            }
        } else {
            teller.pay(customer.account(), merchant.account(), minor, customer.tender(), Purpose.CARD, merchant.name(), today);
        }
    }

    private void between(Customer payer, Customer payee, LocalDate today) {
        if (payer.account() != payee.account() && payer.tender() == payee.tender()) {
            teller.pay(payer.account(), payee.account(), payer.tender().worth(5_00 + random.nextInt(200_00)), payer.tender(),
                    Purpose.PAYMENT, payee.name(), today);
        }
    }

    private void exchange(Customer customer, LocalDate today) {
        if (customer.second() != 0) {
            long there = teller.available(customer.second());
            if (there > customer.tender().into(customer.secondTender(), customer.income())) {
                teller.pay(customer.second(), customer.secondTender().own(Own.NOSTRO_CLEARING), there / 2, customer.secondTender(),
                        Purpose.PAYMENT, "abroad", today);
            } else {
                teller.exchange(customer, customer.income() / (20 + random.nextInt(60)), today);
            }
        }
    }

    private void settle(Merchant merchant, LocalDate today) {
        long takings = teller.available(merchant.account());
        long fee = takings / 80;
        if (fee > 0) {
            teller.pay(merchant.account(), merchant.tender().own(Own.FEES), fee, merchant.tender(), Purpose.SETTLEMENT, "fee", today);
            teller.pay(merchant.account(), merchant.tender().own(Own.NOSTRO_CARDS), takings - fee, merchant.tender(),
                    Purpose.SETTLEMENT, merchant.name(), today);
        }
    }
}
