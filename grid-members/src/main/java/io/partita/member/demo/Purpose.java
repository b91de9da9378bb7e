package io.partita.member.demo;

/** What the demo world's transfers are for; the number is the transfer's code. */
enum Purpose {
    OPENING(100, "Opening balance"),
    SALARY(110, "Salary"),
    GRANT(111, "Student grant"),
    CARD(120, "Card payment"),
    RENT(130, "Standing order rent"),
    PAYMENT(131, "Payment to"),
    CASH(132, "Cash withdrawal"),
    SETTLEMENT(140, "Merchant settlement"),
    FEE(150, "Account fee"),
    FEE_REFUND(151, "Fee refunded"),
    LOAN(160, "Loan paid out"),
    INSTALMENT(161, "Loan instalment"),
    INTEREST(162, "Interest"),
    EXCHANGE(170, "Currency exchange");

    private final int code;
    private final String text;

    Purpose(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }
}
