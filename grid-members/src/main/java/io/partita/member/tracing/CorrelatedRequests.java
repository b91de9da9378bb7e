package io.partita.member.tracing;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.partita.member.rest.Correlation;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** A request's span tells its correlation id, so that whoever has one of answer, log line and trace finds the others. */
final class CorrelatedRequests extends DefaultServerRequestObservationConvention {

    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        return super.getHighCardinalityKeyValues(context).and(KeyValue.of("partita.correlation", Correlation.of(context.getCarrier())));
    }
}
