package io.partita.member.positions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Rows of imports in the words of JSON: fields are text, as files have them, and each row is judged alone. */
public final class RowJson {

    private RowJson() {
    }

    /** The prices of a day. */
    @Schema(name = "PriceRow")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PriceRow(@Schema(description = "number of your choice; identifies it in the import", example = "2") long row,
            @Schema(example = "AAPL") String symbol,
                           @Schema(example = "2013-02-08") String day, @Schema(example = "67.7142") String open,
                                   @Schema(example = "68.4014") String high,
                           @Schema(example = "66.8928") String low, @Schema(requiredMode = Schema.RequiredMode.REQUIRED,
                                   example = "67.8542") String close,
                           @Schema(example = "158168416") String volume) {
    }

    /** Rows of an import of prices. */
    @Schema(name = "PriceRows")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PriceRows(@Schema(description = "of the import, of your choice", requiredMode = Schema.RequiredMode.REQUIRED) String name,
                            @Schema(description = "who says so; the import's name unless said") String source,
                            @Schema(description = "whether prices of other imports may be corrected; the old ones stay as earlier versions") Boolean correct,
                            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<PriceRow> rows) {
    }

    /** A lot that an account has from elsewhere. */
    @Schema(name = "PositionRow")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PositionRow(@Schema(description = "number of your choice; identifies it in the import", example = "2") long row,
            @Schema(example = "1001") String account,
                              @Schema(example = "AAPL") String symbol,
                              @Schema(description = "of a symbol that is no product yet: makes it an equity in that currency",
                                      example = "USD") String currency,
                              @Schema(description = "on which it was opened", example = "2013-02-08") String day,
                              @Schema(description = "whole units, negative when short; of currencies and pairs in major units",
                                      example = "100") String quantity,
                              @Schema(description = "all of it, in major units, signed as the quantity; or else a price",
                              example = "6785.42") String cost,
                              @Schema(description = "of one unit; interest that had accrued is added", example = "67.8542") String price,
                              @Schema(description = "paid, in major units", example = "1.50") String fee) {
    }

    /** Rows of an import of positions. */
    @Schema(name = "PositionRows")
    public record PositionRows(@Schema(description = "of the import, of your choice", requiredMode = Schema.RequiredMode.REQUIRED) String name,
                               @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<PositionRow> rows) {
    }

    /** A row that was not taken. */
    @Schema(name = "RefusedRow")
    public record RefusedRow(long row, @Schema(example = "DUPLICATE_DAY") String code, String detail) {
    }

    /** What became of rows. */
    @Schema(name = "RowsTaken")
    public record Taken(@Schema(description = "that are there now") int accepted,
            @Schema(description = "how many of them were there before") int repeated,
                        @Schema(description = "how many of them took the place of another price") int corrected, List<RefusedRow> refused) {

        static Taken of(RowsTaken taken) {
            return new Taken(taken.accepted(), taken.repeated(), taken.corrected(),
                    taken.refused().stream().map(row -> new RefusedRow(row.row(), row.code().name(), row.detail())).toList());
        }
    }
}
