package io.partita.console.security;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.vaadin.flow.component.Svg;
import java.util.Map;

/** A text as a picture that apps read with a camera. Drawn here: what is in it goes to nobody else. */
final class QrCode {

    /** Of light around it, as the standard wants. */
    private static final int MARGIN = 4;

    private QrCode() {
    }

    static Svg of(String text) {
        Svg picture = new Svg(svg(text));
        picture.addClassName("qr");
        picture.getElement().setAttribute("role", "img");
        picture.getElement().setAttribute("aria-label", "QR code for your app; the key below it says the same");
        return picture;
    }

    /** One square of the picture is one unit. */
    static String svg(String text) {
        BitMatrix matrix;
        try {
            matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1, Map.of(EncodeHintType.MARGIN, MARGIN));
        } catch (WriterException e) {
            throw new IllegalArgumentException("It does not fit into a QR code", e);
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                if (matrix.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        // Dark on light in both themes: not every app reads it the other way round.
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + matrix.getWidth() + ' ' + matrix.getHeight() + "\" shape-rendering=\"crispEdges\">"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
    }
}
