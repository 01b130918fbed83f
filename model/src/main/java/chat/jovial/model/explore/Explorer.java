package chat.jovial.model.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Breadth-first explorer of a model, so that the first violation met has a shortest trace. States
 * are numbered in the order in which they are met; of each, only its parent and which of the
 * parent's steps led to it are kept, and a trace is found by walking the same way again.
 */
public final class Explorer {
  private static final int STATES_BETWEEN_LOOKS_AT_THE_CLOCK = 1024;

  private final Model model;
  private final Limits limits;
  private final StateSet met = new StateSet();
  private int[] parents = new int[1024];
  private char[] ordinals = new char[1024];
  private int states;
  private long transitions;
  private int goals;
  private int bad = -1;

  private Explorer(Model model, Limits limits) {
    this.model = model;
    this.limits = limits;
  }

  public static Exploration explore(Model model, Limits limits) {
    return new Explorer(model, limits).explore();
  }

  private Exploration explore() {
    long began = System.nanoTime();
    long end = began + limits.time().toNanos();
    List<byte[]> frontier = new ArrayList<>();
    byte[] start = model.canonical(model.start());
    meet(start, 0, 0, frontier);
    int first = 0;
    int depth = 0;
    boolean complete = true;
    while (!frontier.isEmpty() && bad < 0 && complete) {
      List<byte[]> next = new ArrayList<>();
      int nextFirst = states;
      for (int i = 0; i < frontier.size() && bad < 0 && complete; i++) {
        expand(frontier.get(i), first + i, next);
        boolean late = i % STATES_BETWEEN_LOOKS_AT_THE_CLOCK == 0 && System.nanoTime() > end;
        complete = !late && states < limits.states();
      }
      first = nextFirst;
      frontier = next;
      depth += next.isEmpty() ? 0 : 1;
    }
    byte[] last = bad < 0 ? start : walk(null);
    List<String> trace = new ArrayList<>();
    if (bad >= 0) {
      walk(trace);
    }
    return new Exploration(
        states,
        transitions,
        depth,
        goals,
        complete && bad < 0,
        (System.nanoTime() - began) / 1e9,
        bad < 0 ? null : model.violation(last),
        trace);
  }

  private void expand(byte[] state, int number, List<byte[]> next) {
    int[] ordinal = {0};
    model.steps(
        state,
        (reached, words) -> {
          int which = ordinal[0]++;
          transitions++;
          if (bad < 0) {
            meet(model.canonical(reached), number, which, next);
          }
        });
  }

  private void meet(byte[] state, int parent, int ordinal, List<byte[]> next) {
    if (!met.add(state)) {
      return;
    }
    if (states == parents.length) {
      parents = Arrays.copyOf(parents, states * 2);
      ordinals = Arrays.copyOf(ordinals, states * 2);
    }
    parents[states] = parent;
    ordinals[states] = (char) ordinal;
    if (model.isGoal(state)) {
      goals++;
    }
    if (model.violation(state) != null) {
      bad = states;
    }
    states++;
    next.add(state);
  }

  /** Walks from the start to the bad state; gives that state and, if asked, the words. */
  private byte[] walk(@Nullable List<String> words) {
    List<Integer> path = new ArrayList<>();
    for (int number = bad; number != 0; number = parents[number]) {
      path.add(0, (int) ordinals[number]);
    }
    byte[] canonical = model.canonical(model.start());
    // The same state under the names that it had at the start, for as long as it can be followed.
    byte[] named = canonical.clone();
    for (int ordinal : path) {
      Step step = step(canonical, ordinal);
      byte[] reached = model.canonical(step.next().clone());
      if (words != null) {
        Step sameNames = stepTo(named, reached);
        words.add((sameNames == null ? step : sameNames).words());
        named = (sameNames == null ? step : sameNames).next();
      }
      canonical = reached;
    }
    if (words != null) {
      words.addAll(model.show(named).lines().toList());
    }
    return canonical;
  }

  private record Step(byte[] next, String words) {}

  private Step step(byte[] state, int ordinal) {
    List<Step> found = new ArrayList<>();
    int[] at = {0};
    model.steps(
        state,
        (next, words) -> {
          if (at[0]++ == ordinal) {
            found.add(new Step(next, words.get()));
          }
        });
    return found.get(0);
  }

  private @Nullable Step stepTo(byte[] state, byte[] canonicalNext) {
    List<Step> found = new ArrayList<>();
    model.steps(
        state,
        (byte[] next, Supplier<String> words) -> {
          if (found.isEmpty() && Arrays.equals(model.canonical(next.clone()), canonicalNext)) {
            found.add(new Step(next, words.get()));
          }
        });
    return found.isEmpty() ? null : found.get(0);
  }
}
