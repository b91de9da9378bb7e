package io.partita.member.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static final String KAGGLE = "Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,"
            + "Amount Paid,Payment Currency,Payment Format,Is Laundering";
    private static final String NORMALISED = "timestamp,from_bank_id,from_account_id,from_account_key,to_bank_id,to_account_id,"
            + "to_account_key,amount_received,receiving_currency,amount_paid,payment_currency,payment_format,is_laundering";
    private static final String PATTERNS = "pattern_id,family,constraint,timestamp,from_bank,from_account,to_bank,to_account,"
            + "amount_received,receiving_currency,amount_paid,payment_currency,payment_format,is_laundering";

    private static List<String> fields(String line) {
        return List.of(line.split(",", -1));
    }

    private static MappedRow map(String header, String row) throws RowRefused {
        return Mapping.detect(fields(header)).orElseThrow().bind(fields(header)).map(new CsvRow(2, row, fields(row), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {KAGGLE, NORMALISED, PATTERNS})
    void the_headers_of_the_aml_files_are_recognised(String header) {
        assertThat(Mapping.detect(fields(header))).map(Mapping::name).contains("ibm-aml");
    }

    @Test
    void the_duplicated_column_of_the_original_files_is_told_apart() throws RowRefused {
        MappedRow row = map(KAGGLE, "2022/09/01 00:21,03208,8000F4580,01,8000F5340,0.01,US Dollar,0.02,Euro,Cheque,0");

        assertThat(row.payer().reference()).isEqualTo("3208:8000F4580");
        assertThat(row.payer().parent().reference()).isEqualTo("bank:3208");
        assertThat(row.payer().type()).isEqualTo(AccountType.LIABILITY);
        assertThat(row.payee().reference()).isEqualTo("1:8000F5340");
        assertThat(row.paid()).isEqualTo(Money.of(2, Currency.of("EUR")));
        assertThat(row.received()).isEqualTo(Money.of(1, Currency.of("USD")));
        assertThat(row.crossesCurrencies()).isTrue();
        assertThat(row.valueDate()).isEqualTo(LocalDate.of(2022, 9, 1));
        assertThat(row.reference()).isEqualTo("2022/09/01 00:21 Cheque");
        assertThat(row.code()).isEqualTo(4);
    }

    @Test
    void the_same_account_is_the_same_in_all_forms_of_the_file() throws RowRefused {
        MappedRow normalised = map(NORMALISED, "2022/09/01 00:20,12,A1,12:A1,1,B,1:B,5,US Dollar,5,US Dollar,Wire,0");
        MappedRow pattern = map(PATTERNS, "I,F,C,2022/09/01 00:20,012,A1,001,B,5,US Dollar,5,US Dollar,Wire,1");

        assertThat(pattern.payer()).isEqualTo(normalised.payer());
        assertThat(pattern.payee()).isEqualTo(normalised.payee());
    }

    @ParameterizedTest
    @CsvSource({"US Dollar,USD", "Euro,EUR", "UK Pound,GBP", "Swiss Franc,CHF", "Yen,JPY", "Yuan,CNY", "Rupee,INR", "Ruble,RUB",
            "Canadian Dollar,CAD", "Australian Dollar,AUD", "Mexican Peso,MXN", "Brazil Real,BRL", "Saudi Riyal,SAR", "Shekel,ILS",
            "Bitcoin,XBT"})
    void all_currencies_of_the_aml_files_are_known(String name, String code) throws RowRefused {
        assertThat(map(NORMALISED, "2022/09/01 00:20,12,A,12:A,1,B,1:B,5," + name + ",5," + name + ",Wire,0").paid().currency())
                .isEqualTo(Currency.of(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "2022/09/01 00:20,12,A,k,1,B,k,5,Dinero,5,Dinero,Wire,0 | UNKNOWN_CURRENCY",
            "2022/09/01 00:20,12,A,k,1,B,k,5,Euro,five,Euro,Wire,0 | MALFORMED_AMOUNT",
            "2022/09/01 00:20,12,A,k,1,B,k,5,Euro,1e99999999,Euro,Wire,0 | MALFORMED_AMOUNT",
            "2022/09/01 00:20,12,A,k,1,B,k,5,Euro,,Euro,Wire,0 | MALFORMED_AMOUNT",
            "2022/09/01 00:20,12,A,k,1,B,k,5.001,Euro,5.001,Euro,Wire,0 | AMOUNT_TOO_FINE",
            "2022/09/01 00:20,12,A,k,1,B,k,5.5,Yen,5.5,Yen,Wire,0 | AMOUNT_TOO_FINE",
            "2022/09/01 00:20,12,A,k,1,B,k,1,Euro,99999999999999999999,Euro,Wire,0 | AMOUNT_TOO_LARGE",
            "2022/09/01 00:20,12,A,k,1,B,k,5,Euro,6,Euro,Wire,0 | AMOUNTS_DIFFER",
            "2022/09/31 00:20,12,A,k,1,B,k,5,Euro,5,Euro,Wire,0 | MALFORMED_TIMESTAMP",
            "yesterday,12,A,k,1,B,k,5,Euro,5,Euro,Wire,0 | MALFORMED_TIMESTAMP",
            "2022/09/01 00:20,12,A,k,1,B,k,5,Euro,5,Euro,Pigeon,0 | MALFORMED_CODE",
            "2022/09/01 00:20,12,,k,1,B,k,5,Euro,5,Euro,Wire,0 | MISSING_ACCOUNT",
            "2022/09/01 00:20,12,A,k,,B,k,5,Euro,5,Euro,Wire,0 | MISSING_ACCOUNT",
            "2022/09/01 00:20,12,A | MALFORMED_ROW"})
    void a_row_that_asks_for_nonsense_is_refused_with_its_own_code(String row, RowCode code) {
        assertThatThrownBy(() -> map(NORMALISED, row)).isInstanceOfSatisfying(RowRefused.class,
                refused -> assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code));
    }

    @Test
    void trailing_zeros_are_no_further_digits() throws RowRefused {
        assertThat(map(NORMALISED, "2022/09/01 00:20,12,A,k,1,B,k,5.000,Yen,5.000,Yen,Wire,0").paid())
                .isEqualTo(Money.of(5, Currency.of("JPY")));
    }

    @Test
    void an_amount_that_is_not_positive_is_left_to_the_ledger_to_refuse() throws RowRefused {
        assertThat(map(NORMALISED, "2022/09/01 00:20,12,A,k,1,B,k,-5,Euro,-5,Euro,Wire,0").paid().minor()).isEqualTo(-500);
        assertThat(map(NORMALISED, "2022/09/01 00:20,12,A,k,1,B,k,0.00,Euro,0.00,Euro,Wire,0").paid().minor()).isZero();
    }

    @Test
    void optional_columns_of_the_plain_mapping_may_be_absent() throws RowRefused {
        MappedRow bare = map("debit_account,credit_account,amount,currency", "cash,shop,12.34,eur");
        MappedRow full = map("code,debit_account,credit_account,amount,currency,value_date,reference",
                "7,cash,shop,12.34,EUR,2026-02-28,Lunch");

        assertThat(bare.paid()).isEqualTo(Money.of(1234, Currency.of("EUR")));
        assertThat(bare.valueDate()).isNull();
        assertThat(bare.payer().hasParent()).isFalse();
        assertThat(full.valueDate()).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(full.code()).isEqualTo(7);
        assertThat(full.reference()).isEqualTo("Lunch");
    }

    @Test
    void a_header_that_does_not_fit_is_named_with_what_it_lacks() {
        assertThat(Mapping.detect(List.of("a", "b"))).isEmpty();
        assertThatThrownBy(() -> Mapping.load("plain").bind(List.of("debit_account", "amount", "currency")))
                .isInstanceOf(MappingException.class).hasMessageContaining("credit_account");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "payer.acount = {a} | unknown key 'payer.acount'",
            "amount = {b} | there is no 'column.b'",
            "amount = {a | cannot read",
            "account.type = DEBT | LIABILITY",
            "timestamp.pattern = QQQQQQQ | timestamp.pattern",
            "currencies = Euro | write 'Euro' as",
            "currencies = Euro: EURO | no ISO 4217 code",
            "codes = Wire: x | no number",
            "amount = | lacks the key 'amount'"})
    void a_mistake_in_a_mapping_is_named(String line, String message) {
        String good = "column.a = A\npayer.account = {a}\npayer.name = {a}\npayee.account = {a}\npayee.name = {a}\n"
                + "amount = {a}\ncurrency = {a}\n";
        assertThatThrownBy(() -> read(good + line).bind(List.of("A"))).isInstanceOf(MappingException.class)
                .hasMessageContaining(message);
    }

    private static Mapping read(String text) throws IOException {
        return Mapping.read("test", new StringReader(text));
    }

    @Test
    void an_unknown_mapping_is_named_with_the_ones_there_are() {
        assertThatThrownBy(() -> Mapping.load("no-such-file")).isInstanceOf(MappingException.class)
                .hasMessageContaining("ibm-aml").hasMessageContaining("plain");
    }

    @Test
    void account_ids_are_stable_and_positive() {
        Currency eur = Currency.of("EUR");
        AccountKey key = AccountKey.of("10:8000EBD30", "n", AccountType.LIABILITY, eur, "", "");

        // printf '10:8000EBD30:EUR' | sha256sum, first 16 digits, sign bit off
        assertThat(key.id()).isEqualTo(EXPECTED_ID);
        assertThat(key.id()).isNotEqualTo(AccountKey.of("10:8000EBD30", "n", AccountType.LIABILITY, Currency.of("USD"), "", "").id());
    }

    private static final long EXPECTED_ID = 7271118362324800441L;

    @Test
    void transfer_ids_follow_from_name_and_line_and_ascend() {
        ImportIds ids = new ImportIds("a file");

        assertThat(ids.of(2, 0)).isEqualTo(new ImportIds("a file").of(2, 0)).isNotEqualTo(new ImportIds("another").of(2, 0));
        assertThat(ids.of(2, 0).version()).isEqualTo(8);
        assertThat(ids.of(2, 0).variant()).isEqualTo(2);
        assertThat(List.of(ids.of(2, 0), ids.of(2, 1), ids.of(3, 0), ids.of(1L << 41, 0))).isSorted().doesNotHaveDuplicates();
    }
}
