package io.partita.member.grid;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.ChannelOption;
import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.UnifiedProtocolDecoder;
import com.hazelcast.internal.server.tcp.UnifiedProtocolEncoder;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import java.util.function.Function;

/**
 * Hazelcast's node with one repair. A process that is stopped still accepts connections, by its kernel, and answers none. Hazelcast 5.7
 * asks such a connection over and over whether it can be written to, and whatever shares that thread waits: a member that
 * connects to a stopped one is silent towards the others, too, and they take it for dead. Here the connection waits until it is answered.
 */
final class PatientConnections extends DefaultNodeContext {

    private static final int KIBIBYTE = 1024;

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new DefaultNodeExtension(node) {
            @Override
            public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(ServerContext context) {
                return endpoint -> channel -> prepare(channel, context);
            }
        };
    }

    /** As Hazelcast does it, with another encoder. */
    private static void prepare(Channel channel, ServerContext context) {
        HazelcastProperties properties = context.properties();
        channel.options()
                .setOption(ChannelOption.DIRECT_BUF, properties.getBoolean(ClusterProperty.SOCKET_BUFFER_DIRECT))
                .setOption(ChannelOption.TCP_NODELAY, properties.getBoolean(ClusterProperty.SOCKET_NO_DELAY))
                .setOption(ChannelOption.SO_KEEPALIVE, properties.getBoolean(ClusterProperty.SOCKET_KEEP_ALIVE))
                .setOption(ChannelOption.SO_SNDBUF, properties.getInteger(ClusterProperty.SOCKET_SEND_BUFFER_SIZE) * KIBIBYTE)
                .setOption(ChannelOption.SO_RCVBUF, properties.getInteger(ClusterProperty.SOCKET_RECEIVE_BUFFER_SIZE) * KIBIBYTE)
                .setOption(ChannelOption.SO_LINGER, properties.getSeconds(ClusterProperty.SOCKET_LINGER_SECONDS))
                .setOption(ChannelOption.TCP_KEEPIDLE, properties.getInteger(ClusterProperty.SOCKET_KEEP_IDLE))
                .setOption(ChannelOption.TCP_KEEPCOUNT, properties.getInteger(ClusterProperty.SOCKET_KEEP_COUNT))
                .setOption(ChannelOption.TCP_KEEPINTERVAL, properties.getInteger(ClusterProperty.SOCKET_KEEP_INTERVAL));
        PatientEncoder encoder = new PatientEncoder(context);
        channel.outboundPipeline().addLast(encoder);
        channel.inboundPipeline().addLast(new UnifiedProtocolDecoder(context, encoder));
    }

    /** Has nothing to write until the other side has said which protocol it speaks; the decoder wakes it then. */
    private static final class PatientEncoder extends UnifiedProtocolEncoder {

        private volatile boolean answered;

        PatientEncoder(ServerContext context) {
            super(context);
        }

        @Override
        public HandlerStatus onWrite() {
            // Read before: an answer that comes meanwhile wakes the pipeline once more.
            boolean wasAnswered = answered;
            HandlerStatus status = super.onWrite();
            return status == HandlerStatus.CLEAN && !wasAnswered ? HandlerStatus.BLOCKED : status;
        }

        @Override
        public void signalEncoderCanReplace() {
            answered = true;
            super.signalEncoderCanReplace();
        }
    }
}
