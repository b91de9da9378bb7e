package io.partita.console;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import jakarta.servlet.http.HttpServletResponse;

/** What an address that leads nowhere shows. */
@ParentLayout(MainLayout.class)
@PageTitle("Not found \u00B7 Partita")
public class NotFoundView extends Div implements HasErrorParameter<NotFoundException> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        addClassName("page");
        add(new PageHead("Not found", "/" + event.getLocation().getPath()),
                new Panel("", new EmptyState(VaadinIcon.MAP_MARKER, "There is no page at this address",
                        "It may be misspelled, or belong to a newer console.", new Anchor("", "Overview"))).untitled());
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
