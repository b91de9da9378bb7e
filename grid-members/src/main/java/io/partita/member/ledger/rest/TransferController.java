package io.partita.member.ledger.rest;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestProblem;
import io.partita.security.Permission;
import io.partita.security.SecurityRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Transfers")
@RestController
@RequestMapping(path = "/api/v1/transfers")
final class TransferController {

    private static final int MAX_KEY = 128;

    private final LedgerCalls ledger;
    private final LargeReversals reversals;

    TransferController(LedgerCalls ledger, LargeReversals reversals) {
        this.ledger = ledger;
        this.reversals = reversals;
    }

    /** Transfers that are booked together or not at all. */
    @Schema(name = "LinkedTransfers")
    record Linked(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 100") List<TransferRequest> legs) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return all(legs).flatMap(TransferRequest::mustOwn);
        }

        @Override
        public Set<Permission> needs() {
            return all(legs).flatMap(leg -> leg.needs().stream()).collect(Collectors.toSet());
        }
    }

    /** Transfers that do not depend on each other. */
    @Schema(name = "BatchOfTransfers")
    record Batch(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 10,000") List<TransferRequest> transfers) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return all(transfers).flatMap(TransferRequest::mustOwn);
        }

        @Override
        public Set<Permission> needs() {
            return all(transfers).flatMap(transfer -> transfer.needs().stream()).collect(Collectors.toSet());
        }
    }

    private static Stream<TransferRequest> all(List<TransferRequest> requests) {
        return requests == null ? Stream.empty() : requests.stream().filter(Objects::nonNull);
    }

    /** One receipt for each leg, in order. */
    record LinkedResult(List<Receipt> results) {
    }

    /** One outcome for each transfer, in order. */
    record BatchResult(List<Outcome> results) {
    }

    /** What became of one transfer of a batch: where it was booked, or why it was not. */
    record Outcome(UUID id, boolean booked, Long position, Long debitSequence, Long creditSequence, Instant bookedAt,
                   Boolean repeated, String code, String detail) {

        static Outcome of(LedgerResult result) {
            return switch (result) {
                case LedgerResult.Booked b -> new Outcome(b.id(), true, b.position(), b.debitSequence(), b.creditSequence(),
                        b.bookedAt(), b.repeated(), null, null);
                case LedgerResult.Refused r -> refused(r.id(), r.code().name(), r.detail());
            };
        }

        static Outcome refused(UUID id, String code, String detail) {
            return new Outcome(id, false, null, null, null, null, null, code, detail);
        }
    }

    @Operation(summary = "Book a transfer", description = "201, or 200 when a transfer with this id and content had been booked before; 202 for a large reversal, when somebody else must agree.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Receipt> transfer(@RequestBody TransferRequest request,
            @Parameter(description = "Instead of the id in the body: a UUID, or any text of up to 128 characters")
            @RequestHeader(name = "Idempotency-Key", required = false) String key, HttpServletRequest http) {
        TransferRequest identified = identified(request, key);
        Transfer transfer = identified.transfer();
        if (reversals.needApproval(transfer)) {
            throw reversals.awaiting(Caller.required(http), identified);
        }
        LedgerResult.Booked booked = LedgerCalls.booked(ledger.submit(transfer));
        Receipt receipt = Receipt.of(booked);
        return booked.repeated() ? ResponseEntity.ok(receipt)
                : ResponseEntity.created(URI.create("/api/v1/transfers/" + booked.id())).body(receipt);
    }

    @Operation(summary = "Book linked transfers", description = "All of them or none.")
    @PostMapping(path = "/linked", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<LinkedResult> linked(@RequestBody Linked request) {
        List<TransferRequest> legs = nonEmpty("legs", request.legs());
        if (legs.size() > Transfer.MAX_LINKED) {
            throw RequestProblem.of(Refusal.TOO_MANY_LEGS, "There are " + legs.size() + " legs.");
        }
        List<Transfer> transfers = new ArrayList<>(legs.size());
        for (int i = 0; i < legs.size(); i++) {
            transfers.add(alone("legs", i, within("legs", i, legs.get(i))));
        }
        List<LedgerResult> results = ledger.submit(List.of(transfers));
        List<Receipt> receipts = receipts(results);
        return ResponseEntity.status(receipts.stream().allMatch(Receipt::repeated) ? 200 : 201).body(new LinkedResult(receipts));
    }

    @Operation(summary = "Book transfers that do not depend on each other", description = """
            200 with one outcome for each transfer, in order: some may be booked and others refused.""")
    @PostMapping(path = "/batch", consumes = MediaType.APPLICATION_JSON_VALUE)
    BatchResult batch(@RequestBody Batch request) {
        List<TransferRequest> transfers = nonEmpty("transfers", request.transfers());
        if (transfers.size() > Transfer.MAX_BATCH) {
            throw RequestProblem.of(Refusal.BATCH_TOO_LARGE, "There are " + transfers.size() + " transfers.");
        }
        Outcome[] outcomes = new Outcome[transfers.size()];
        List<List<Transfer>> groups = new ArrayList<>(transfers.size());
        for (int i = 0; i < outcomes.length; i++) {
            try {
                groups.add(List.of(alone("transfers", i, within("transfers", i, transfers.get(i)))));
            } catch (RequestProblem problem) {
                UUID id = transfers.get(i) == null ? null : transfers.get(i).id();
                outcomes[i] = Outcome.refused(id, problem.code(), problem.getMessage());
            }
        }
        List<LedgerResult> results = groups.isEmpty() ? List.of() : ledger.submit(groups);
        refuseWholly(results, outcomes.length);
        int next = 0;
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = Outcome.of(results.get(next++));
            }
        }
        return new BatchResult(List.of(outcomes));
    }

    /** A batch of which nothing went through, and all for the same passing reason, is repeated as a whole. */
    private static void refuseWholly(List<LedgerResult> results, int size) {
        if (results.size() == size && results.getFirst() instanceof LedgerResult.Refused first && first.code().retryable()
                && results.stream().allMatch(result -> result instanceof LedgerResult.Refused refused && refused.code() == first.code())) {
            throw RequestProblem.of(first.code(), first.detail());
        }
    }

    /** The receipts of a group, or the problem of the leg that kept it from being booked. */
    private static List<Receipt> receipts(List<LedgerResult> results) {
        List<Receipt> receipts = new ArrayList<>(results.size());
        LedgerResult.Refused decisive = null;
        int leg = 0;
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case LedgerResult.Booked booked -> receipts.add(Receipt.of(booked));
                case LedgerResult.Refused refused -> {
                    if (decisive == null || decisive.code() == Refusal.LINKED_FAILED) {
                        decisive = refused;
                        leg = i;
                    }
                }
            }
        }
        if (decisive != null) {
            throw RequestProblem.of(decisive).with("leg", leg).with("results", results.stream().map(Outcome::of).toList());
        }
        return receipts;
    }

    private static <T> List<T> nonEmpty(String field, List<T> items) {
        if (items == null || items.isEmpty()) {
            throw RequestProblem.field(field, "lists at least one.");
        }
        return items;
    }

    private static Transfer within(String list, int index, TransferRequest request) {
        if (request == null) {
            throw RequestProblem.field(list + "[" + index + "]", "is an object.");
        }
        try {
            return request.transfer();
        } catch (RequestProblem problem) {
            throw problem.at(list + "[" + index + "]");
        }
    }

    /** One that does not wait for others' approval. */
    private Transfer alone(String list, int index, Transfer transfer) {
        if (reversals.needApproval(transfer)) {
            throw RequestProblem.of(SecurityRefusal.APPROVAL_NEEDED, list + "[" + index + "] reverses " + transfer.relatesTo() + ".");
        }
        return transfer;
    }

    private static TransferRequest identified(TransferRequest request, String key) {
        if (key == null) {
            return request;
        }
        // The draft of the header writes the key as a quoted string.
        String bare = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"") ? key.substring(1, key.length() - 1) : key;
        if (bare.isBlank() || bare.length() > MAX_KEY) {
            throw RequestProblem.parameter("Idempotency-Key", "has 1 to " + MAX_KEY + " characters.");
        }
        UUID id = id(bare);
        if (request.id() != null && !request.id().equals(id)) {
            throw RequestProblem.parameter("Idempotency-Key", "differs from the id in the body; give one of them.");
        }
        return request.withId(id);
    }

    private static UUID id(String key) {
        try {
            UUID id = UUID.fromString(key);
            if (id.toString().equalsIgnoreCase(key)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Not a UUID: its own one is made of it.
        }
        return UUID.nameUUIDFromBytes(("key:" + key).getBytes(StandardCharsets.UTF_8));
    }
}
