import { createMemoryFollowUpSite } from '../../../src/follow-up/memory-follow-up-site.ts';
import { describeFollowUpSite } from '../../support/follow-up-site-contract.ts';
import { createMemoryCaseDesk } from '../../support/memory-case-desk.ts';

describeFollowUpSite('a site in memory', () => {
  const site = createMemoryFollowUpSite();
  return Promise.resolve({
    connect: () => site,
    desk: createMemoryCaseDesk(site),
    zone: 'Europe/Paris',
    placesOf: (originKey) => Promise.resolve([site.placeOf(originKey) ?? []].flat()),
    strand: (originKey) => Promise.resolve(site.strand(originKey)),
    editActivity(id, fields) {
      const place = site.cases().find(({ activities }) => activities.some((one) => one.id === id))!;
      const activities = place.activities.map((activity) =>
        activity.id === id ? { ...activity, ...fields } : activity,
      );
      site.put({ ...place, activities });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});
