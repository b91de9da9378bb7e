package io.partita.member.positions;

import static io.partita.member.rest.Fields.required;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.DayCount;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Positions")
@RestController
@RequestMapping(path = "/api/v1/positions/products")
final class ProductController {

    private static final int MOST = 1_000;

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    /** A product with its terms; those that its kind does not have are absent. */
    @Schema(name = "Product")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProductJson(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME-C70") String symbol,
                       @Schema(requiredMode = Schema.RequiredMode.REQUIRED) ProductRow.Kind kind,
                       @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "that it is priced in", example = "USD") String currency,
                       @Schema(description = "of a currency pair or a forward: what is held") String base,
                       @Schema(description = "of an option, and of a future if it is a product: its symbol") String underlying,
                       @Schema(description = "of an option or a future: units in a contract; 1 unless said") Long multiplier,
                       @Schema(description = "expiry, delivery or maturity") LocalDate lastDay, @Schema(description = "of an option") String strike,
                       @Schema(description = "of an option: CALL or PUT") VanillaOption.Right right,
                               @Schema(description = "of an option") VanillaOption.Exercise exercise,
                       @Schema(description = "of a bond: the face of one unit, in major units", example = "1000.00") String face,
                               @Schema(description = "of a bond") LocalDate issued,
                       @Schema(description = "of a bond: percent of the face a year", example = "4.25") String coupon,
                       @Schema(description = "of a bond: coupons a year, 1, 2, 4 or 12") Integer frequency,
                               @Schema(description = "of a bond") DayCount dayCount,
                       @Schema(description = Caller.ACTOR) String actor) {

        static ProductJson of(Product product) {
            ProductRow row = ProductRow.of(product, null);
            return new ProductJson(row.symbol(), row.kind(), row.currency(), row.base(), row.underlying(), row.multiplier(), row.lastDay(),
                    row.strike() == null ? null : row.strike().toPlainString(), row.right() == null ? null : VanillaOption.Right.valueOf(row.right()),
                    row.exercise() == null ? null : VanillaOption.Exercise.valueOf(row.exercise()),
                    row.face() == null ? null : product.currency().toMajor(row.face()).toPlainString(), row.issued(),
                    row.percent() == null ? null : row.percent().toPlainString(), row.frequency(),
                    row.dayCount() == null ? null : DayCount.valueOf(row.dayCount()), null);
        }

        Product product() {
            Currency priced = RowText.currency(required("currency", currency));
            return switch (required("kind", kind)) {
                case CASH -> throw RequestProblem.field("kind", "of currencies there are products already, by their codes");
                case EQUITY -> new Equity(symbol, priced);
                case CURRENCY_PAIR -> new CurrencyPair(symbol, RowText.currency(required("base", base)), priced);
                case FX_FORWARD -> new FxForward(symbol, RowText.currency(required("base", base)), priced, required("lastDay", lastDay));
                case FUTURE -> new Future(symbol, priced, underlying, multiplier == null ? 1 : multiplier, required("lastDay", lastDay));
                case OPTION -> new VanillaOption(symbol, priced, underlying, right, exercise, Price.parse(strike),
                        multiplier == null ? 1 : multiplier,
                        required("lastDay", lastDay));
                case BOND -> new FixedCouponBond(symbol, priced, RowText.amount(priced, required("face", face)), required("issued", issued),
                        required("lastDay", lastDay),
                        percent(required("coupon", coupon)), required("frequency", frequency), required("dayCount", dayCount));
            };
        }

        private static BigDecimal percent(String text) {
            return Price.parse(text).value();
        }
    }

    @Operation(summary = "Enter a product", description = """
            201; 200 if the same is there. A product never changes. Listed instruments, currencies by their codes, and pairs such as EUR/USD need no entry; a listed \
            instrument may be entered as what it is beside an equity, under its symbol and in its currency.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ProductJson> enter(@RequestBody ProductJson request, Principal caller) {
        Product product = request.product();
        boolean fresh = products.add(product, Caller.actor(caller, request.actor()));
        ProductJson answer = ProductJson.of(product);
        return fresh ? ResponseEntity.created(URI.create("/api/v1/positions/products/one?symbol="
                + URLEncoder.encode(product.symbol(), StandardCharsets.UTF_8))).body(answer)
                : ResponseEntity.ok(answer);
    }

    @Operation(summary = "Products that were entered", description = "By symbol; the next page begins after the last one.")
    @GetMapping
    List<ProductJson> all(@RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "1000") int limit) {
        Fields.within("limit", limit, MOST);
        return products.entered(after, limit).stream().map(ProductJson::of).toList();
    }

    @Operation(summary = "One product, whether entered or not")
    @GetMapping("/one")
    ProductJson one(@RequestParam String symbol) {
        return products.find(symbol).map(ProductJson::of).orElseThrow(() -> RequestProblem.of(PositionRefusal.UNKNOWN_PRODUCT, symbol));
    }
}
