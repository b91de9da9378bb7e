package io.partita.console.security;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.security.UserApi.Key;
import io.partita.console.security.UserApi.User;
import io.partita.console.security.UserApi.Wanted;
import io.partita.console.security.UserApi.WithSecret;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Secrets;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Programs that use the members: service accounts, and the keys by which they and people ask. */
@Route("api-keys")
@PageTitle("API keys \u00B7 Partita")
public class KeysView extends Div implements BeforeEnterObserver, Refreshable {

    private static final int MOST = 200;
    private static final int LONGEST_DAYS = 366;
    private static final int LONGEST_OVERLAP_DAYS = 30;
    private static final int USUAL_DAYS = 90;

    private static final Sheet<Key> KEYS = Sheet.<Key>of("api-keys").with("Key", Key::id).with("Owner", Key::owner).with("Name", Key::name).with("May", key -> String.join(" ", key.scopes()))
            .with("Made", Key::createdAt).with("Made by", Key::createdBy).with("Expires", Key::expiresAt).with("Revoked", Key::revokedAt).with("Successor", Key::successor);

    private final UserApi api;
    private final Table serviceTable = new Table("Service account", "Roles", "Accounts", "State", "").withEmptyText("There is none.");
    private final UserForm serviceForm = new UserForm("Make the service account", false, this::send);
    private final Checkbox past = new Checkbox("Also those that are over");
    private final Table keyTable = new Table("Key", "Owner", "May", "Made (UTC)", "Expires (UTC)", "State", "").withEmptyText("There is none.")
            .withFile(KEYS, () -> shown(Instant.now()));
    private final Panel keyPanel;
    private final ComboBox<User> owner = new ComboBox<>("Owner");
    private final TextField name = new TextField("What it is for");
    private final MultiSelectComboBox<Permission> scopes = new MultiSelectComboBox<>("May");
    private final IntegerField days = new IntegerField("Days until it expires");
    private final RefusalBox refusal = new RefusalBox();
    private List<Key> keys = List.of();

    KeysView(UserApi api) {
        this.api = api;
        addClassNames("page", "api-keys");
        past.addValueChangeListener(_ -> draw());
        keyPanel = new Panel("API keys", keyTable).flush().withAction(past);
        Div halves = new Div(new Panel("Make a key", keyForm()), new Panel("One service account", serviceForm));
        halves.addClassName("halves");
        add(new PageHead("API keys", "By which programs ask, as themselves or for people. A key may do what it says, and never more than its owner."), refusal, keyPanel,
                new Panel("Service accounts", serviceTable).flush(), halves);
    }

    private Div keyForm() {
        owner.setItemLabelGenerator(User::name);
        owner.addValueChangeListener(event -> scopes.setItems(event.getValue() == null ? List.of() : grantable(event.getValue())));
        name.setMaxLength(200);
        scopes.setItemLabelGenerator(Permission::scope);
        scopes.setHelperText("At most what its owner may.");
        days.setMin(1);
        days.setMax(LONGEST_DAYS);
        days.setValue(USUAL_DAYS);
        Button make = new Button("Make the key", _ -> make());
        make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div actions = new Div(make);
        actions.addClassName("form-actions");
        Div form = new Div(owner, name, scopes, days, actions);
        form.addClassNames("form", "user-form");
        return form;
    }

    private static List<Permission> grantable(User user) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Stream.of(Role.values()).filter(role -> user.roles().contains(role.name())).forEach(roles::add);
        return Principal.permissions(roles).stream().sorted(Comparator.comparing(Permission::scope)).toList();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    @Override
    public void refresh() {
        refusal.hide();
        switch (api.keys()) {
            case Answer.Done<List<Key>>(List<Key> found) -> {
                keys = found;
                draw();
            }
            case Answer.Refused<List<Key>>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<List<Key>> _ -> { } // What is shown stays; the banner says why.
        }
        List<User> services = api.services().found().orElse(List.of());
        serviceTable.show(services.stream().limit(MOST).map(this::row).toList());
        owner.setItems(Stream.concat(services.stream(), api.users().found().orElse(List.of()).stream()).filter(User::enabled).toList());
    }

    // ---- service accounts --------------------------------------------------------------------------------------------------

    private Component[] row(User service) {
        Div actions = new Div(small("Change", () -> serviceForm.show(service)), small(service.enabled() ? "Disable" : "Enable", () -> enable(service)));
        actions.addClassName("row-actions");
        return new Component[] {strong(service.name()), new Span(UsersView.roles(service)), new Span(UsersView.accounts(service)),
            service.enabled() ? new Pill("Enabled", Pill.Tone.GOOD) : new Pill("Disabled", Pill.Tone.BAD), actions};
    }

    private static Span strong(String text) {
        Span span = new Span(text);
        span.addClassName("strong");
        return span;
    }

    private static Button small(String text, Runnable action) {
        Button button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        return button;
    }

    private void send(User service, Wanted wanted) {
        Outcomes.tell(service == null ? api.createService(wanted) : api.changeService(service.name(), wanted), kept -> kept.name() + " is kept.", _ -> {
            serviceForm.show(null);
            refresh();
        });
    }

    private void enable(User service) {
        Runnable change = () -> Outcomes.tell(api.changeService(service.name(), new Wanted(null, null, null, null, null, null, !service.enabled())),
                service.name() + (service.enabled() ? " is disabled." : " is enabled."), _ -> refresh());
        if (service.enabled()) {
            Confirmation.ask("Disable " + service.name() + "?", "All of its keys are refused.", "Disable", true, change);
        } else {
            change.run();
        }
    }

    // ---- keys --------------------------------------------------------------------------------------------------------------

    private List<Key> shown(Instant now) {
        return keys.stream().filter(key -> past.getValue() || key.good(now)).toList();
    }

    private void draw() {
        Instant now = Instant.now();
        List<Key> shown = shown(now);
        keyTable.show(shown.stream().limit(MOST).map(key -> row(key, now)).toList());
        keyPanel.withAside(shown.size() > MOST ? "The " + MOST + " newest of " + Amounts.count(shown.size()) : Amounts.count(shown.size()));
    }

    private Component[] row(Key key, Instant now) {
        Pill state = key.revokedAt() != null ? new Pill("Revoked", Pill.Tone.BAD) : !key.good(now) ? new Pill("Expired", Pill.Tone.CALM)
                : key.successor() != null ? new Pill("Rotated", Pill.Tone.WAITING) : new Pill("Good", Pill.Tone.GOOD);
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (key.good(now)) {
            if (key.successor() == null) {
                actions.add(small("Rotate", () -> rotate(key)));
            }
            actions.add(small("Revoke", () -> Confirmation.ask("Revoke the key " + key.name() + "?", "Whoever uses it is refused within seconds. That cannot be undone.", "Revoke", true,
                    () -> Outcomes.tell(api.revoke(key.id()), "It is revoked.", _ -> refresh()))));
        }
        Span may = new Span(key.scopes().size() > 3 ? key.scopes().size() + " permissions" : String.join(", ", key.scopes()));
        may.getElement().setAttribute("title", String.join(", ", key.scopes()));
        return new Component[] {new TwoLines(key.name(), "pk_" + key.id()), new Span(key.owner()), may, new TwoLines(Times.brief(key.createdAt(), now), "by " + key.createdBy()),
            new Span(Times.dateTime(key.expiresAt())), state, actions};
    }

    private void make() {
        if (Fields.check(owner, owner.isEmpty() ? "A user or a service account." : "") & Fields.check(name, name.isEmpty() ? "So that others know it." : "")
                & Fields.check(scopes, scopes.isEmpty() ? "At least one." : "")
                & Fields.check(days, days.getValue() != null && days.getValue() >= 1 && days.getValue() <= LONGEST_DAYS ? "" : "1 to " + LONGEST_DAYS + ".")) {
            Outcomes.tell(api.createKey(owner.getValue().name(), name.getValue().strip(), scopes.getValue().stream().map(Permission::scope).sorted().toList(),
                    Instant.now().plus(Duration.ofDays(days.getValue()).minusMinutes(1))), "The key is made.", this::made);
        }
    }

    private void made(WithSecret made) {
        name.clear();
        refresh();
        Secrets.show("Key " + made.apiKey().name(), "Programs send it as Authorization: Bearer. It may do what you have chosen until " + Times.dateTime(made.apiKey().expiresAt()) + " UTC.",
                made.key());
    }

    private void rotate(Key key) {
        Dialog dialog = new Dialog("Rotate the key " + key.name() + "?");
        IntegerField overlap = new IntegerField("Days that the old one stays good");
        overlap.setMin(0);
        overlap.setMax(LONGEST_OVERLAP_DAYS);
        overlap.setValue(1);
        Div form = new Div(new Paragraph("A new key with the same permissions. Give it to whoever uses the old one before that is over."), overlap);
        form.addClassName("form");
        dialog.add(form);
        Button go = new Button("Rotate", _ -> {
            if (Fields.check(overlap, overlap.getValue() != null && overlap.getValue() >= 0 && overlap.getValue() <= LONGEST_OVERLAP_DAYS ? "" : "0 to " + LONGEST_OVERLAP_DAYS + ".")) {
                dialog.close();
                Outcomes.tell(api.rotate(key.id(), Duration.ofDays(overlap.getValue())), "The new key is made.", this::made);
            }
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Leave it", _ -> dialog.close()), go);
        dialog.open();
    }
}
