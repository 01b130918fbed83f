package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.context.DefaultNettyOptions;
import com.datastax.oss.driver.internal.core.context.NettyOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;

/**
 * For sessions that read rows of half a MiB. Netty would read 64 KiB at a time and copy each row
 * two or three times while it puts it together; here what has come is read at one stroke. The
 * driver has no setting for it; this is how its manual says that Netty is reached.
 */
final class BulkSessionBuilder extends CqlSessionBuilder {
  /** A row with what is around it, and some of the next. */
  private static final int RECEIVE_BYTES = 1024 * 1024;

  @Override
  protected DriverContext buildContext(
      DriverConfigLoader configLoader, ProgrammaticArguments arguments) {
    return new DefaultDriverContext(configLoader, arguments) {
      @Override
      protected NettyOptions buildNettyOptions() {
        return new LargeReads(this);
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
  }
}
