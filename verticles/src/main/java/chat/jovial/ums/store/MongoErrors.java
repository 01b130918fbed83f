package chat.jovial.ums.store;

import chat.jovial.contract.JovialException;
import com.mongodb.MongoException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meaning of the failures of MongoDB's driver. */
public final class MongoErrors {
  private static final Logger LOG = LoggerFactory.getLogger(MongoErrors.class);
  private static final int DUPLICATE_KEY = 11_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private MongoErrors() {}

  /** Whether a unique index refused a write. */
  public static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoException mongo && mongo.getCode() == DUPLICATE_KEY;
  }

  /** A store that does not answer is no defect of the request: the caller may try again. */
  public static Throwable asClientError(Throwable failure) {
    if (failure instanceof MongoException) {
      LOG.warn("MongoDB failed: {}", failure.getMessage());
      return JovialException.tryAgain("the store of users does not answer", RETRY_AFTER);
    }
    return failure;
  }
}
