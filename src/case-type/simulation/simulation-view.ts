import type { JsonObject } from '../../base/json.ts';
import { openedCase, type CaseActivity, type CaseState } from './case-state.ts';
import type { SimulatedRole, Simulation } from './simulation.ts';

/**
 * A simulation in the words of APIv4, keyed like the case, activities and relationships that a site returns.
 * @param state the case after what happened since its opening; default: right after it
 */
export function presentSimulation(simulation: Simulation, state = openedCase(simulation)): JsonObject {
  return {
    start_date: simulation.startDate,
    case: {
      subject: simulation.subject,
      start_date: state.startDate,
      end_date: state.endDate,
      'status_id:name': state.status,
      is_deleted: false,
    },
    activities: activitiesOf(state).map((activity) => presentActivity(activity, simulation)),
    roles: simulation.roles.map((role) => presentRole(role, simulation)),
    failure: state.failure,
  };
}

/** Those that are not in the trash. */
const activitiesOf = ({ activities }: CaseState): readonly CaseActivity[] =>
  activities.filter(({ isDeleted }) => !isDeleted);

function presentActivity(activity: CaseActivity, simulation: Simulation): JsonObject {
  return {
    'activity_type_id:name': activity.activityType,
    'status_id:name': activity.status,
    activity_date_time: activity.dateTime,
    subject: activity.subject,
    is_auto: activity.isAuto,
    weight: activity.weight,
    'priority_id:name': 'Normal',
    'medium_id:name': null,
    source_contact_id: simulation.creatorId,
    target_contact_id: activity.hasTarget ? [String(simulation.clientId)] : null,
    assignee_contact_id: assignees(activity, simulation),
  };
}

// A rule by relationship can only be told for the roles that the opening itself creates.
function assignees({ assignee }: CaseActivity, simulation: Simulation): readonly string[] | null {
  switch (assignee.kind) {
    case 'nobody':
      return null;
    case 'creator':
      return [String(simulation.creatorId)];
    case 'contact':
      return [assignee.contactId, ...(assignee.furtherContactIds ?? [])];
    case 'relationship': {
      const isHeldByCreator = simulation.roles.some(
        ({ role, relationshipType: { labelAB, labelBA } }) =>
          role.relationshipTypeId === assignee.relationshipTypeId &&
          // Of a relationship that is the same both ways either side will do.
          (role.clientSide === assignee.clientSide || labelAB === labelBA),
      );
      return isHeldByCreator ? [String(simulation.creatorId)] : null;
    }
    default:
      return assignee satisfies never;
  }
}

function presentRole({ relationshipType, role }: SimulatedRole, simulation: Simulation): JsonObject {
  const { clientId, creatorId } = simulation;
  return {
    'relationship_type_id.name_a_b': relationshipType.nameAB,
    'relationship_type_id.name_b_a': relationshipType.nameBA,
    contact_id_a: role.clientSide === 'a' ? clientId : creatorId,
    contact_id_b: role.clientSide === 'b' ? clientId : creatorId,
    is_active: true,
    end_date: null,
  };
}
