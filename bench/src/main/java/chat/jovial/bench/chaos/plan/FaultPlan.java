package chat.jovial.bench.chaos.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The faults of a run, one after the other, every kind before any comes again. The same seed and
 * numbers give the same plan, on any machine: {@link Random} is specified to the bit.
 *
 * @param faults in the order of their times
 */
public record FaultPlan(long seed, int seconds, List<Fault> faults) {
  /** Something must work before it is broken. */
  private static final double FIRST_AT_SECONDS = 8;

  /** Between one repair and the next fault; a started node needs some of it to take part. */
  private static final double SHORTEST_REST_SECONDS = 6;

  private static final double LONGEST_REST_SECONDS = 14;

  /** At the end, so that the last repair is seen to work. */
  private static final double LAST_REST_SECONDS = 8;

  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /** What a run of that length does to that many nodes and store processes. */
  public static FaultPlan of(long seed, int seconds, int nodes, int stores, Set<FaultKind> kinds) {
    if (kinds.isEmpty()) {
      return new FaultPlan(seed, seconds, List.of());
    }
    Random dice = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    List<FaultKind> deck = new ArrayList<>();
    double at = FIRST_AT_SECONDS;
    while (true) {
      if (deck.isEmpty()) {
        deck.addAll(EnumSet.copyOf(kinds));
        Collections.shuffle(deck, dice);
      }
      FaultKind kind = deck.remove(deck.size() - 1);
      double lasts = kind.shortest() + tenths(dice, kind.longest() - kind.shortest());
      int targets = kind.hitsNode() ? nodes : kind.hitsStore() ? stores : 1;
      Fault fault =
          new Fault(faults.size() + 1, kind, at, lasts, dice.nextInt(targets), dice.nextLong());
      double rest =
          SHORTEST_REST_SECONDS + tenths(dice, LONGEST_REST_SECONDS - SHORTEST_REST_SECONDS);
      if (at + lasts + LAST_REST_SECONDS > seconds) {
        return new FaultPlan(seed, seconds, faults);
      }
      faults.add(fault);
      at += lasts + rest;
    }
  }

  private static double tenths(Random dice, double upto) {
    return Math.round(dice.nextDouble() * upto * 10) / 10.0;
  }

  /** One line a fault. */
  public String describe() {
    return faults.stream()
        .map(
            fault -> String.format(Locale.ROOT, "%6.1f s  %s", fault.atSeconds(), fault.describe()))
        .collect(Collectors.joining("\n"));
  }
}
