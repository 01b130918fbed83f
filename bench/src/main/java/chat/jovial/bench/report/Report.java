package chat.jovial.bench.report;

import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Report of all that a run measured; what was not asked for is null. */
public record Report(
    Instant measuredAt,
    Machine machine,
    @Nullable ThroughputReport throughput,
    @Nullable LatencyReport latency,
    @Nullable FanoutReport fanout,
    @Nullable IdleReport idle,
    @Nullable StartReport start,
    @Nullable FilesReport files,
    @Nullable ChunkSizesReport chunks,
    @Nullable FileKillsReport fileKills) {

  /** Whether every message that was promised arrived once and in order, and no file was lost. */
  public boolean isClean() {
    boolean closedLoop =
        throughput == null
            || throughput.pairsOver().stream()
                .allMatch(over -> over.verdict().isClean() && over.historyMismatches() == 0);
    boolean openLoop =
        latency == null || latency.pairsOver().stream().allMatch(over -> over.verdict().isClean());
    return closedLoop
        && openLoop
        && (fanout == null || fanout.missing() == 0)
        && (fileKills == null || fileKills.wrong().isEmpty());
  }

  /** Indented JSON; numbers rounded to thousandths, those that are not known left out. */
  public String json() {
    return tidy(Json.MAPPER.valueToTree(this)).toPrettyString();
  }

  private static JsonNode tidy(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode tidied = Json.MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (!isUnknown(field.getValue())) {
          tidied.set(field.getKey(), tidy(field.getValue()));
        }
      }
      return tidied;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode tidied = Json.MAPPER.createArrayNode();
      array.forEach(element -> tidied.add(tidy(element)));
      return tidied;
    }
    return node.isFloatingPointNumber()
        ? DoubleNode.valueOf(Math.round(node.doubleValue() * 1000) / 1000.0)
        : node;
  }

  private static boolean isUnknown(JsonNode node) {
    return node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue());
  }
}
