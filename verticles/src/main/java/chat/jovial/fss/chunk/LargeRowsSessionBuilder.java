package chat.jovial.fss.chunk;

import chat.jovial.memory.ReusedArrays;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.context.DefaultNettyOptions;
import com.datastax.oss.driver.internal.core.context.NettyOptions;
import com.datastax.oss.driver.internal.core.protocol.FrameDecoder;
import com.datastax.oss.protocol.internal.PrimitiveCodec;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Builder of sessions that read rows of half a MiB. Netty would read 64 KiB at a time and copy each
 * row two or three times while it puts it together; here what has come is read at one stroke, and
 * copied once, from the receive buffer into a pooled array: fresh memory is in no cache. The driver
 * has no setting for it; this is how its manual says that Netty is reached.
 */
final class LargeRowsSessionBuilder extends CqlSessionBuilder {
  /** A row with what is around it, and some of the next. */
  private static final int RECEIVE_BYTES = 1024 * 1024;

  private final ReusedArrays values;

  /**
   * @param values what large values are read into; who has read one may give it back
   */
  LargeRowsSessionBuilder(ReusedArrays values) {
    this.values = values;
  }

  @Override
  protected DriverContext buildContext(
      DriverConfigLoader configLoader, ProgrammaticArguments arguments) {
    return new DefaultDriverContext(configLoader, arguments) {
      @Override
      protected NettyOptions buildNettyOptions() {
        return new LargeReads(this);
      }

      @Override
      protected PrimitiveCodec<ByteBuf> buildPrimitiveCodec() {
        return new LargeValues(getNettyOptions().allocator(), values);
      }
    };
  }

  private static final class LargeReads extends DefaultNettyOptions {
    LargeReads(DefaultDriverContext context) {
      super(context);
    }

    @Override
    public void afterBootstrapInitialized(Bootstrap bootstrap) {
      super.afterBootstrapInitialized(bootstrap);
      bootstrap.option(
          ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES));
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
      super.afterChannelInitialized(channel);
      channel
          .pipeline()
          .get(FrameDecoder.class)
          .setCumulator(ByteToMessageDecoder.COMPOSITE_CUMULATOR);
    }
  }
}
