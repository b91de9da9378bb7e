package io.partita.console.ledger;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.partita.ledger.journal.MerkleHash;
import io.partita.ledger.proof.InclusionProof;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The way from an entry's hash up to the root of the journal, drawn as a ladder: in the middle the hashes that are
 * computed, beside each the one that the proof adds, on the side on which it is hashed in.
 */
final class ProofLadder extends OrderedList {

    private static final HexFormat HEX = HexFormat.of();
    private static final int SHOWN = 8;

    /** One rung: the hash added on a side of the one below, and what both hash to. */
    private record Rung(byte[] added, boolean left, byte[] result) {
    }

    ProofLadder(InclusionProof proof) {
        addClassName("ladder");
        getElement().setAttribute("aria-label", "From the root down to the entry");
        byte[] leaf = MerkleHash.ofThread().leaf(proof.entry().encoded());
        List<Rung> rungs = climb(proof, leaf);
        for (int i = rungs.size() - 1; i >= 0; i--) {
            byte[] node = rungs.get(i).result();
            boolean root = i == rungs.size() - 1;
            add(row(node, root ? "root" : "", i + 1 < rungs.size() ? rungs.get(i + 1) : null, root ? "Root that was signed" : ""));
        }
        add(row(leaf, rungs.isEmpty() ? "root" : "leaf", rungs.isEmpty() ? null : rungs.getFirst(), "This entry"));
    }

    /** Which side a sibling is on follows from position and size alone (RFC 9162, 2.1.3.2). */
    private static List<Rung> climb(InclusionProof proof, byte[] leaf) {
        List<Rung> rungs = new ArrayList<>();
        long node = proof.position();
        long last = proof.head().size() - 1;
        byte[] hash = leaf;
        for (byte[] sibling : proof.path()) {
            boolean left = (node & 1) == 1 || node == last;
            hash = left ? MerkleHash.ofThread().node(sibling, hash) : MerkleHash.ofThread().node(hash, sibling);
            rungs.add(new Rung(sibling, left, hash));
            if (left) {
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            }
            node >>= 1;
            last >>= 1;
        }
        return rungs;
    }

    /** A hash with the sibling that it is hashed with into the one above. */
    private static ListItem row(byte[] hash, String role, Rung above, String note) {
        Span node = new Span(shown(hash));
        node.addClassName("node");
        node.getElement().setAttribute("title", HEX.formatHex(hash));
        Div left = new Div();
        Div right = new Div();
        left.addClassName("left");
        right.addClassName("right");
        if (above != null) {
            Div side = above.left() ? left : right;
            side.addClassName("sibling");
            side.setText(shown(above.added()));
            side.getElement().setAttribute("title", HEX.formatHex(above.added()));
        }
        if (!note.isEmpty()) {
            Div free = above != null && !above.left() ? left : right;
            free.addClassName("note");
            free.setText(note);
        }
        ListItem row = new ListItem(left, node, right);
        if (!role.isEmpty()) {
            row.addClassName(role);
        }
        return row;
    }

    private static String shown(byte[] hash) {
        return HEX.formatHex(hash, 0, SHOWN / 2);
    }
}
