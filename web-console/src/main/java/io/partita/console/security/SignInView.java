package io.partita.console.security;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import io.partita.console.api.Answer;
import io.partita.console.api.Callers;
import io.partita.console.api.Person;
import io.partita.console.api.Person.SignedIn;
import io.partita.console.api.Problem;
import io.partita.console.ui.CopyableCode;
import io.partita.console.ui.Fields;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.ThemeToggle;

/** The way in: name and password, then the code of the second factor if there is one. */
@Route(value = "sign-in", autoLayout = false)
@PageTitle("Sign in \u00B7 Partita")
public class SignInView extends Main implements BeforeEnterObserver {

    private static final int LONGEST = 200;

    private final People people;
    private final TextField user = new TextField("Name");
    private final PasswordField password = new PasswordField("Password");
    private final TextField code = new TextField("Code");
    private final Button go = new Button("Sign in");
    private final Span ended = new Span();
    private final RefusalBox refusal = new RefusalBox();

    /** Where somebody wanted to go before they were asked who they are. */
    private record Wanted(Location location) {
    }

    SignInView(People people) {
        this.people = people;
        addClassName("sign-in");
        user.setAutocomplete(Autocomplete.USERNAME);
        user.setAutofocus(true);
        user.setMaxLength(LONGEST);
        password.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        password.setMaxLength(LONGEST);
        code.setHelperText("Six digits of your app, or one of your recovery codes.");
        code.getElement().setAttribute("autocomplete", "one-time-code");
        code.setMaxLength(LONGEST);
        code.setVisible(false);
        user.addValueChangeListener(_ -> code.setVisible(false));
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        go.setDisableOnClick(true);
        go.addClickListener(_ -> signIn());
        // With the focus taken away for a moment, or the field that it is in would not have told yet what it holds.
        go.addClickShortcut(Key.ENTER).resetFocusOnActiveElement();
        ended.addClassName("hint");
        Svg mark = new Svg(SignInView.class.getResourceAsStream("/META-INF/resources/partita/favicon.svg"));
        mark.addClassName("mark");
        Div brand = new Div(mark, new H1("Partita"), new ThemeToggle());
        brand.addClassName("brand");
        Div form = new Div(ended, user, password, code, refusal, go);
        form.addClassName("form");
        Div sheet = new Div(brand, form, help());
        sheet.addClassName("panel");
        add(sheet);
    }

    private static Details help() {
        Div text = new Div(new Paragraph("The first start of an empty database makes the user admin, who has every role, with a one-time password. ./partita run prints it when it is up, "
                + "and it lies in the data folder of the member that was first:"), new CopyableCode("cat data/admin.password", "Copy the command"),
                new Paragraph("With docker compose it lies where all members find it:"),
                new CopyableCode("docker compose -f compose/docker-compose.yml exec member-1 cat /keys/admin.password", "Copy the command for docker"),
                new Paragraph("You choose another one when you sign in, and that one is of no more use. Everybody else gets a name and a one-time password from somebody who manages users."),
                new Paragraph("The app with your codes is lost? Each recovery code is good for one sign-in; somebody who manages users can take the second factor away."));
        text.addClassName("sign-in-help");
        return new Details("First time here? Cannot get in?", text);
    }

    /** Remembers where somebody wanted to go. */
    public static void comeBack(UI ui, Location wanted) {
        ComponentUtil.setData(ui, Wanted.class, new Wanted(wanted));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Callers.person().ifPresent(person -> {
            if (person.over().isEmpty()) {
                event.forwardTo("");
            } else {
                ended.setText(person.over().get());
                VaadinSession.getCurrent().setAttribute(Person.class, null);
            }
        });
        ended.setVisible(!ended.getText().isEmpty());
    }

    private void signIn() {
        go.setEnabled(true);
        refusal.hide();
        boolean valid = Fields.check(user, user.getValue().isBlank() ? "Your name." : "") & Fields.check(password, password.isEmpty() ? "Your password." : "")
                & (!code.isVisible() || Fields.check(code, code.getValue().isBlank() ? "The code." : ""));
        if (!valid) {
            return;
        }
        switch (people.signIn(user.getValue().strip(), password.getValue(), code.isVisible() ? code.getValue().strip() : null)) {
            case Answer.Done<SignedIn>(SignedIn in) -> enter(in);
            case Answer.Refused<SignedIn>(Problem problem) when problem.code().equals("SECOND_FACTOR_REQUIRED") && !code.isVisible() -> {
                code.setVisible(true);
                code.focus();
            }
            case Answer.Refused<SignedIn>(Problem problem) -> {
                refusal.show(problem);
                code.clear();
            }
            case Answer.Unreachable<SignedIn>(String why) -> refusal.show("NO_ANSWER", "No member answers at the moment. " + why);
        }
    }

    private void enter(SignedIn in) {
        Wanted wanted = ComponentUtil.getData(UI.getCurrent(), Wanted.class);
        if (in.mustChangePassword() || in.mustEnrolSecondFactor()) {
            UI.getCurrent().navigate(ProfileView.class);
        } else if (wanted == null) {
            UI.getCurrent().navigate("");
        } else {
            UI.getCurrent().navigate(wanted.location().getPath(), wanted.location().getQueryParameters());
        }
    }
}
