package io.partita.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {

    /** Pixels for each square of the picture, as a camera has several. */
    private static final int SCALE = 6;

    @Test
    void a_camera_reads_what_was_drawn() throws ReaderException {
        String uri = "otpauth://totp/Partita:hypatia?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Partita&algorithm=SHA1&digits=6&period=30";
        String svg = QrCode.svg(uri);
        Matcher box = Pattern.compile("viewBox=\"0 0 ([0-9]+) ([0-9]+)\"").matcher(svg);
        assertThat(box.find()).isTrue();
        int size = Integer.parseInt(box.group(1));
        int[] pixels = new int[size * SCALE * size * SCALE];
        Arrays.fill(pixels, 0xFFFFFF);
        Matcher square = Pattern.compile("M([0-9]+) ([0-9]+)h1v1h-1z").matcher(svg);
        while (square.find()) {
            for (int i = 0; i < SCALE * SCALE; i++) {
                pixels[(Integer.parseInt(square.group(2)) * SCALE + i / SCALE) * size * SCALE + Integer.parseInt(square.group(1)) * SCALE + i % SCALE] = 0;
            }
        }
        assertThat(new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(size * SCALE, size * SCALE, pixels)))).getText()).isEqualTo(uri);
    }
}
