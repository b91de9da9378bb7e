package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.CopyableCode;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Times;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.MerkleHash;
import io.partita.ledger.journal.MerkleProofs;
import io.partita.ledger.proof.InclusionProof;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The proof that an entry is in the journal, checked here and now: the console recomputes every hash and the signature
 * itself and takes no member's word for any of it.
 */
final class ProofPanel extends Div {

    /** One thing that was checked, in words. */
    private record Check(boolean passed, String what, String how) {
    }

    ProofPanel(EntryInfo entry, String json) {
        addClassName("proof-columns");
        InclusionProof proof;
        try {
            proof = InclusionProof.parse(json);
        } catch (IllegalArgumentException e) {
            add(new Panel("Proof", new EmptyState(VaadinIcon.WARNING, "The proof cannot be read", e.getMessage()))
                    .withAction(new Pill("Not verified", Pill.Tone.BAD)));
            return;
        }
        List<Check> checks = check(entry, proof);
        boolean verified = checks.stream().allMatch(Check::passed);
        Panel verdict = new Panel("Proof", list(checks), keep(entry, json))
                .withAction(new Pill(verified ? "\u2713 Verified" : "Not verified", verified ? Pill.Tone.GOOD : Pill.Tone.BAD));
        Div side = new Div(verdict, new Panel("Signed tree head", head(proof)));
        side.addClassName("proof-side");
        add(side, new Panel("Path to the root", new ProofLadder(proof))
                .withAside(proof.path().size() + (proof.path().size() == 1 ? " hash" : " hashes")));
    }

    private static List<Check> check(EntryInfo shown, InclusionProof proof) {
        byte[] leaf = MerkleHash.ofThread().leaf(proof.entry().encoded());
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(isAbout(proof, shown), "It is about this entry",
                "Id, accounts, amount, currency and position are those shown above; they hash to " + brief(leaf) + "."));
        checks.add(new Check(MerkleProofs.includes(proof.position(), proof.head().size(), leaf, proof.path(), proof.head().root()),
                "The entry is in the journal", "Its hash and the " + proof.path().size() + " of the path lead to the root "
                + brief(proof.head().root()) + " over " + Amounts.count(proof.head().size()) + " entries."));
        checks.add(new Check(proof.head().isSignedBy(proof.key()), "The root is signed",
                "The Ed25519 signature of key " + proof.key().id() + " is valid for this size, root and time."));
        return checks;
    }

    private static boolean isAbout(InclusionProof proof, EntryInfo shown) {
        return proof.position() == shown.position() && proof.entry() instanceof JournalEntry.Booking booking
                && booking.id().equals(shown.id()) && booking.kind() == shown.kind()
                && Long.toString(booking.debitAccount()).equals(shown.debitAccount())
                && Long.toString(booking.creditAccount()).equals(shown.creditAccount())
                && booking.currency().code().equals(shown.currency()) && booking.amount() == shown.money().minor()
                && booking.reference().equals(shown.reference() == null ? "" : shown.reference());
    }

    private static Component list(List<Check> checks) {
        UnorderedList list = new UnorderedList();
        list.addClassName("checks");
        for (Check check : checks) {
            Span what = new Span(check.what());
            what.addClassName("strong");
            ListItem item = new ListItem((check.passed() ? VaadinIcon.CHECK_CIRCLE : VaadinIcon.CLOSE_CIRCLE).create(), what, new Span(check.how()));
            item.addClassName(check.passed() ? "passed" : "failed");
            list.add(item);
        }
        return list;
    }

    private static Component keep(EntryInfo entry, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String file = "proof-" + entry.position() + ".json";
        Anchor download = new Anchor(DownloadHandler.fromInputStream(_ ->
                new DownloadResponse(new ByteArrayInputStream(bytes), file, "application/json", bytes.length)), "Download proof");
        download.addClassNames("button-link", "quiet");
        Span hint = new Span("Checked by this console, just now, with its own code. Check it yourself, without any server:");
        hint.addClassName("hint");
        Div keep = new Div(hint, new CopyableCode("./partita verify " + file), download);
        keep.addClassName("keep");
        return keep;
    }

    private static Component head(InclusionProof proof) {
        return new Facts()
                .with("Entries", Amounts.count(proof.head().size()))
                .with("Signed", Times.exact(proof.head().signedInstant()))
                .withCode("Root", HexFormat.of().formatHex(proof.head().root()))
                .withCode("Key", proof.key().id());
    }

    private static String brief(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, 4);
    }
}
