package io.partita.console.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;

/** How tests get past the first page. */
public final class SignIn {

    public static final String ADMIN = "admin";
    public static final String PASSWORD = "seven quiet herons wade";

    private SignIn() {
    }

    /** Gives the administrator of a new member another password than the one that was printed. */
    public static void choosePassword(MemberProcess member) {
        try {
            replace(member, ADMIN, Files.readString(member.secret("admin.password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes somebody of a role. @return their access token */
    public static String person(MemberProcess member, String name, String role) {
        String made = member.post("/security/users", "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role));
        return replace(member, name, made.replaceFirst("(?s).*\"oneTimePassword\":\"([^\"]*)\".*", "$1"));
    }

    private static String replace(MemberProcess member, String user, String first) {
        String token = post(member, "/auth/sign-in", "", "{\"user\":\"" + user + "\",\"password\":\"" + first + "\"}").replaceFirst("(?s).*\"accessToken\":\"([^\"]*)\".*", "$1");
        post(member, "/auth/password", token, "{\"current\":\"" + first + "\",\"next\":\"" + PASSWORD + "\"}");
        return token;
    }

    /** Posts JSON in the name of whoever has the token; what the member answers. */
    public static String post(MemberProcess member, String path, String token, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(member.api() + "/api/v1" + path)).header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isBetween(200, 204);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fills the page to sign in, and sends it, as somebody who has seen the tour. */
    public static void at(Page page, String console, String user, String password) {
        page.navigate(console + "/sign-in");
        page.evaluate("user => localStorage.setItem('partita-tour:' + user, 'seen')", user);
        send(page, user, password);
    }

    /** The same as somebody who is here for the first time. */
    public static void asNewcomer(Page page, String console, String user, String password) {
        page.navigate(console + "/sign-in");
        send(page, user, password);
    }

    private static void send(Page page, String user, String password) {
        fill(page, "Name", user);
        fill(page, "Password", password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
    }

    /** A field that tells what it holds as soon as it is left. */
    public static void fill(Page page, String label, String value) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first();
        field.fill(value);
        field.blur();
    }
}
